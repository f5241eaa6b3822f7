/*
 * A disk that fails on command, for one folder: loaded before libc (LD_PRELOAD), it counts the calls that write to, cut or sync files below FAILING_DISK,
 * or those that read them, and has those it is told to fail do so. FAILING_DISK_CONTROL is a file of seven 32-bit numbers, see `struct control`.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

struct control {
  _Atomic int until;  /* so many calls go well before one fails; below zero none does */
  _Atomic int error;  /* with this errno */
  _Atomic int times;  /* so many fail then, one after the other */
  _Atomic int torn;   /* the first write that fails writes its first half, and says so */
  _Atomic int calls;  /* seen */
  _Atomic int failed; /* of them failed */
  _Atomic int reads;  /* 1: it is the calls that read which count and fail, and no others */
};

static struct control *control;
static const char *folder;
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("FAILING_DISK_CONTROL");
  folder = getenv("FAILING_DISK");
  if (!file || !folder) return;
  int fd = open(file, O_RDWR);
  void *at = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (at == MAP_FAILED) abort();
  close(fd);
  control = at;
}

/* Whether this call fails. */
static int fails_at(int fd, int reads) {
  char link[40], path[4096];
  if (!control || control->reads != reads) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0 || strncmp(path, folder, strlen(folder)) != 0) return 0;
  atomic_fetch_add(&control->calls, 1);
  if (control->until < 0 || atomic_fetch_sub(&control->until, 1) > 0) return 0;
  if (atomic_fetch_sub(&control->times, 1) > 0) {
    atomic_store(&control->until, 0);
    atomic_fetch_add(&control->failed, 1);
    errno = control->error;
    return 1;
  }
  atomic_store(&control->until, -1);
  return 0;
}

static int fails(int fd) { return fails_at(fd, 0); }

/* Half of a write, if this one is to be torn; 0 when it fails whole. */
static size_t half(size_t length) { return atomic_exchange(&control->torn, 0) && length > 1 ? length / 2 : 0; }

ssize_t write(int fd, const void *from, size_t length) {
  if (!fails(fd)) return REAL(write)(fd, from, length);
  size_t some = half(length);
  return some ? REAL(write)(fd, from, some) : -1;
}
ssize_t pwrite(int fd, const void *from, size_t length, off_t at) {
  if (!fails(fd)) return REAL(pwrite)(fd, from, length, at);
  size_t some = half(length);
  return some ? REAL(pwrite)(fd, from, some, at) : -1;
}
ssize_t pwrite64(int fd, const void *from, size_t length, off64_t at) {
  if (!fails(fd)) return REAL(pwrite64)(fd, from, length, at);
  size_t some = half(length);
  return some ? REAL(pwrite64)(fd, from, some, at) : -1;
}
ssize_t writev(int fd, const struct iovec *from, int parts) { return fails(fd) ? -1 : REAL(writev)(fd, from, parts); }
ssize_t pwritev(int fd, const struct iovec *from, int parts, off_t at) { return fails(fd) ? -1 : REAL(pwritev)(fd, from, parts, at); }
ssize_t pwritev64(int fd, const struct iovec *from, int parts, off64_t at) { return fails(fd) ? -1 : REAL(pwritev64)(fd, from, parts, at); }
int ftruncate(int fd, off_t length) { return fails(fd) ? -1 : REAL(ftruncate)(fd, length); }
int ftruncate64(int fd, off64_t length) { return fails(fd) ? -1 : REAL(ftruncate64)(fd, length); }
int fsync(int fd) { return fails(fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return fails(fd) ? -1 : REAL(fdatasync)(fd); }

ssize_t read(int fd, void *to, size_t length) { return fails_at(fd, 1) ? -1 : REAL(read)(fd, to, length); }
ssize_t pread(int fd, void *to, size_t length, off_t at) { return fails_at(fd, 1) ? -1 : REAL(pread)(fd, to, length, at); }
ssize_t pread64(int fd, void *to, size_t length, off64_t at) { return fails_at(fd, 1) ? -1 : REAL(pread64)(fd, to, length, at); }
ssize_t readv(int fd, const struct iovec *to, int parts) { return fails_at(fd, 1) ? -1 : REAL(readv)(fd, to, parts); }
ssize_t preadv(int fd, const struct iovec *to, int parts, off_t at) { return fails_at(fd, 1) ? -1 : REAL(preadv)(fd, to, parts, at); }
ssize_t preadv64(int fd, const struct iovec *to, int parts, off64_t at) { return fails_at(fd, 1) ? -1 : REAL(preadv64)(fd, to, parts, at); }
