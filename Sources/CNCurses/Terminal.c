#include "CNCurses.h"

#include <curses.h>
#include <term.h>

#include <langinfo.h>
#include <locale.h>
#include <string.h>

bool lab_use_locale(const char *name) {
  if (setlocale(LC_CTYPE, name) == NULL && setlocale(LC_CTYPE, "C.UTF-8") == NULL) return false;
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

int lab_describe_terminal(const char *term, int fd) {
  int status = 0;
  if (setupterm(term, fd, &status) != OK) return LAB_TERM_UNKNOWN;
  char *cup = tigetstr("cup");
  bool moves = cup != NULL && cup != (char *)-1;
  del_curterm(cur_term);
  return moves ? LAB_TERM_USABLE : LAB_TERM_NO_CURSOR_MOVES;
}
