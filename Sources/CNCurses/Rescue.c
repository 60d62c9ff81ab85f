#include "CNCurses.h"

#include <curses.h>
#include <term.h>

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Used from signal handlers: plain memory filled beforehand, write and tcsetattr only. */
static int terminal = -1;
static atomic_bool mouse;
static bool has_modes;
static struct termios modes;
static const char mouse_off[] = "\033[?1006l\033[?1000l";
static char goodbye[512];
static size_t goodbye_length;
static char message[1024];
static atomic_bool armed;

static void say(const char *text, size_t length) {
  while (length > 0) {
    ssize_t written = write(terminal, text, length);
    if (written <= 0) return;
    text += written;
    length -= (size_t)written;
  }
}

void lab_rescue_now(void) {
  if (!atomic_exchange(&armed, false)) return;
  if (atomic_load(&mouse)) say(mouse_off, strlen(mouse_off));
  say(goodbye, goodbye_length);
  if (has_modes) tcsetattr(terminal, TCSANOW, &modes);
}

static const char *name_of(int number) {
  switch (number) {
    case SIGSEGV: return "SIGSEGV";
    case SIGABRT: return "SIGABRT";
    case SIGILL: return "SIGILL";
    case SIGTRAP: return "SIGTRAP";
    case SIGBUS: return "SIGBUS";
    case SIGFPE: return "SIGFPE";
    default: return "SIGQUIT";
  }
}

void lab_rescue_say_crashed(int number) {
  if (terminal < 0) return;
  const char *name = name_of(number);
  say("\r\n", 2);
  say(message, strlen(message));
  say(" (", 2);
  say(name, strlen(name));
  say(")\r\n", 3);
}

void lab_set_crash_message(const char *text) { snprintf(message, sizeof message, "%s", text); }

/* Appends a capability without its padding, `$<5>`: no delays in a signal handler. */
static void learn(const char *capability) {
  const char *text = tigetstr(capability);
  if (text == NULL || text == (const char *)-1) return;
  while (*text != 0 && goodbye_length + 1 < sizeof goodbye) {
    const char *end = text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;
    if (end != NULL) {
      text = end + 1;
    } else {
      goodbye[goodbye_length++] = *text++;
    }
  }
}

void lab_rescue_prepare(int out) {
  static bool registered;
  if (!registered) registered = atexit(lab_rescue_now) == 0;
  terminal = out;
  goodbye_length = 0;
  has_modes = tcgetattr(out, &modes) == 0;
}

void lab_rescue_mouse(bool on) { atomic_store(&mouse, on); }

void lab_rescue_learn(void) {
  learn("rmkx");
  learn("sgr0");
  learn("cnorm");
  learn("rmcup");
  atomic_store(&armed, true);
}

void lab_rescue_forget(void) {
  atomic_store(&armed, false);
  terminal = -1;
}
