/* What posix_spawn(3) can do beyond POSIX, and Swift's view of the C library does not show. */
#ifndef NETLAB_CSPAWN_H
#define NETLAB_CSPAWN_H

#include <spawn.h>

/* Has the child close all descriptors from `first` on, before it runs its program. Answers an errno, 0 where that is
 * noted. */
int lab_spawn_close_from(posix_spawn_file_actions_t *actions, int first);

#endif
