#include "CSpawn.h"
#include <unistd.h>

int lab_spawn_close_from(posix_spawn_file_actions_t *actions, int first) {
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 34)
  return posix_spawn_file_actions_addclosefrom_np(actions, first);
#else
  /* One by one, then. Closing what is not open is no error. */
  for (int fd = first; fd < (int)sysconf(_SC_OPEN_MAX); fd++) {
    int failed = posix_spawn_file_actions_addclose(actions, fd);
    if (failed) return failed;
  }
  return 0;
#endif
}
