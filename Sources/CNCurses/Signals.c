#include "CNCurses.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

void lab_rescue_now(void);
void lab_rescue_say_crashed(int number);

enum { STACK_SIZE = 64 * 1024 };

static const int told[] = {SIGWINCH, SIGTSTP, SIGINT, SIGTERM, SIGHUP, SIGCONT};
static const int fatal[] = {SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGQUIT};
enum { TOLD = sizeof told / sizeof told[0], FATAL = sizeof fatal / sizeof fatal[0] };

static struct sigaction told_before[TOLD];
static int ends[2] = {-1, -1};
static char crash_stack[STACK_SIZE];
static atomic_bool continued;

static void tell(int number) {
  int saved = errno;
  if (number == SIGCONT) atomic_store(&continued, true);
  unsigned char byte = (unsigned char)number;
  ssize_t written = write(ends[1], &byte, 1);
  (void)written;
  errno = saved;
}

static void unblock(int number) {
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, number);
  pthread_sigmask(SIG_UNBLOCK, &one, NULL);
}

/* The default action follows: the Swift runtime's own handler would wait for a key on a terminal. */
static void die(int number) {
  lab_rescue_now();
  lab_rescue_say_crashed(number);
  signal(number, SIG_DFL);
  unblock(number);
  raise(number);
}

static void install(const int *numbers, int count, void (*handler)(int), int flags, struct sigaction *before) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < count; i++) sigaction(numbers[i], &action, before != NULL ? &before[i] : NULL);
}

int lab_catch_signals(void) {
  if (ends[0] < 0 && !lab_pipe(ends)) return -1;
  stack_t stack = {.ss_sp = crash_stack, .ss_size = STACK_SIZE};
  sigaltstack(&stack, NULL);
  install(told, TOLD, tell, SA_RESTART, told_before);
  install(fatal, FATAL, die, SA_ONSTACK | SA_NODEFER | (int)SA_RESETHAND, NULL);
  return ends[0];
}

void lab_release_signals(void) {
  for (int i = 0; i < TOLD; i++) sigaction(told[i], &told_before[i], NULL);
  /* Not back to what was there: the Swift runtime's handler would wait for a key on the terminal. */
  for (int i = 0; i < FATAL; i++) signal(fatal[i], SIG_DFL);
}

/* The shell takes the terminal back when the first process of the job stops, be it `make` or a script.
 * So all of them must stop, as they do when the terminal itself turns Ctrl-Z into a signal.
 *
 * We come last, and by raise(): after kill() this thread could go on drawing before the stop arrives.
 * SIGTSTP rather than SIGSTOP, for the kernel drops it where there is no shell to continue us. */
void lab_stop_job(void) {
  struct sigaction ours, other = {.sa_handler = SIG_IGN};
  sigemptyset(&other.sa_mask);
  sigaction(SIGTSTP, &other, &ours);
  atomic_store(&continued, false);
  kill(0, SIGTSTP);
  other.sa_handler = SIG_DFL;
  sigaction(SIGTSTP, &other, NULL);
  unblock(SIGTSTP);
  /* The shell may have continued the job already. */
  if (!atomic_load(&continued)) raise(SIGTSTP);
  sigaction(SIGTSTP, &ours, NULL);
}
