#include "CNCurses.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

void lab_rescue_now(void);
void lab_rescue_say_crashed(int number);

enum { STACK_SIZE = 64 * 1024 };

static const int told[] = {SIGWINCH, SIGTSTP, SIGINT, SIGTERM, SIGHUP, SIGCONT};
static const int fatal[] = {SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGQUIT};
enum { TOLD = sizeof told / sizeof told[0], FATAL = sizeof fatal / sizeof fatal[0] };

static struct sigaction told_before[TOLD];
static struct sigaction fatal_before[FATAL];
static int ends[2] = {-1, -1};
static char crash_stack[STACK_SIZE];

static void tell(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t written = write(ends[1], &byte, 1);
  (void)written;
  errno = saved;
}

/* The default action follows: the Swift runtime's own handler would wait for a key on a terminal. */
static void die(int number) {
  lab_rescue_now();
  lab_rescue_say_crashed(number);
  signal(number, SIG_DFL);
  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, number);
  pthread_sigmask(SIG_UNBLOCK, &one, NULL);
  raise(number);
}

static void install(const int *numbers, int count, void (*handler)(int), int flags, struct sigaction *before) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < count; i++) sigaction(numbers[i], &action, &before[i]);
}

static void restore(const int *numbers, int count, const struct sigaction *before) {
  for (int i = 0; i < count; i++) sigaction(numbers[i], &before[i], NULL);
}

int lab_catch_signals(void) {
  if (ends[0] < 0 && !lab_pipe(ends)) return -1;
  stack_t stack = {.ss_sp = crash_stack, .ss_size = STACK_SIZE};
  sigaltstack(&stack, NULL);
  install(told, TOLD, tell, SA_RESTART, told_before);
  install(fatal, FATAL, die, SA_ONSTACK | SA_NODEFER | (int)SA_RESETHAND, fatal_before);
  return ends[0];
}

void lab_release_signals(void) {
  restore(told, TOLD, told_before);
  restore(fatal, FATAL, fatal_before);
}

void lab_stop_process(void) {
  /* Not kill(): another thread could go on drawing before the stop arrives. */
  raise(SIGSTOP);
}
