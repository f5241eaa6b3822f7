const key = 'wayside.loaded-anew-at';
/** So often in a minute: a page that is really gone must not load for ever. */
const most = 3;

/**
 * A page of a console that was replaced meanwhile is not there any more, and one may not come when a hub behind a proxy has just died: the console is
 * loaded anew, at once and then with a breath before each further time.
 */
export function loadAnewWhenReplaced(): void {
  addEventListener('vite:preloadError', (event) => {
    const lately = (JSON.parse(sessionStorage.getItem(key) ?? '[]') as number[]).filter((at) => Date.now() - at < 60_000);
    if (lately.length >= most) return;
    sessionStorage.setItem(key, JSON.stringify([...lately, Date.now()]));
    event.preventDefault();
    setTimeout(() => location.reload(), lately.length * 700);
  });
}
