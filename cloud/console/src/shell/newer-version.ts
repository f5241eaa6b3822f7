const key = 'wayside.loaded-anew';

/** A page of a console that was replaced meanwhile is not there any more: the new console is loaded, once a minute at most. */
export function loadAnewWhenReplaced(): void {
  addEventListener('vite:preloadError', (event) => {
    if (Date.now() - Number(sessionStorage.getItem(key)) < 60_000) return;
    sessionStorage.setItem(key, String(Date.now()));
    event.preventDefault();
    location.reload();
  });
}
