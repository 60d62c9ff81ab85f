#include "CNCurses.h"

#include <curses.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <wchar.h>

static SCREEN *screen;
static FILE *input;
static FILE *output;
static WINDOW *keys;
static attr_t style_attributes[LAB_STYLES];
static short style_pairs[LAB_STYLES];
static int cursor_shown = -1;
static bool mouse_wanted;

/* In Rescue.c. */
void lab_rescue_mouse(bool on);

static FILE *stream(int fd, const char *mode) {
  int copy = dup(fd);
  if (copy < 0) return NULL;
  FILE *file = fdopen(copy, mode);
  if (file == NULL) close(copy);
  return file;
}

static void close_streams(void) {
  if (input != NULL) fclose(input);
  if (output != NULL) fclose(output);
  input = output = NULL;
}

static void set_modes(int escape_delay_ms) {
  raw();
  noecho();
  nonl();
  keys = newpad(1, 1);
  nodelay(keys, TRUE);
  keypad(keys, TRUE);
  meta(keys, TRUE);
  scrollok(stdscr, FALSE);
  /* Curses merges mouse reports that come fast; undefined, they arrive as characters. */
  define_key(NULL, KEY_MOUSE);
  if (getenv("ESCDELAY") == NULL) set_escdelay(escape_delay_ms);
  if (has_colors()) {
    start_color();
    use_default_colors();
  }
}

bool lab_start(const char *term, int in, int out, int escape_delay_ms) {
  if (screen != NULL) return false;
  input = stream(in, "r");
  output = stream(out, "w");
  if (input != NULL && output != NULL) screen = newterm(term, output, input);
  if (screen == NULL) {
    close_streams();
    return false;
  }
  cursor_shown = -1;
  mouse_wanted = false;
  for (int i = 0; i < LAB_STYLES; i++) style_attributes[i] = style_pairs[i] = 0;
  set_modes(escape_delay_ms);
  lab_adopt_size();
  return true;
}

bool lab_is_running(void) { return screen != NULL; }

void lab_stop(void) {
  if (screen == NULL) return;
  lab_set_mouse(false);
  endwin();
  delwin(keys);
  delscreen(screen);
  screen = NULL;
  keys = NULL;
  close_streams();
}

int lab_colours(void) { return has_colors() ? COLORS : 0; }

void lab_set_style(int style, int colour, unsigned attributes) {
  if (style < 0 || style >= LAB_STYLES) return;
  attr_t result = A_NORMAL;
  if (attributes & LAB_BOLD) result |= A_BOLD;
  if (attributes & LAB_DIM) result |= A_DIM;
  if (attributes & LAB_UNDERLINE) result |= A_UNDERLINE;
  if (attributes & LAB_REVERSE) result |= A_REVERSE;
  style_attributes[style] = result;
  style_pairs[style] = 0;
  if (colour >= 0 && colour < COLORS && colour + 1 < COLOR_PAIRS) {
    init_pair((short)(colour + 1), (short)colour, -1);
    style_pairs[style] = (short)(colour + 1);
  }
}

void lab_size(int *columns, int *rows) {
  *columns = getmaxx(stdscr);
  *rows = getmaxy(stdscr);
}

bool lab_adopt_size(void) {
  int columns = 0, rows = 0;
  if (!lab_terminal_size(fileno(output), &columns, &rows)) return false;
  if (columns == getmaxx(stdscr) && rows == getmaxy(stdscr)) return false;
  return resizeterm(rows, columns) == OK;
}

/* What curses is given: never a control character, and never one that it would give another width. */
static void to_wide(const lab_cell *cell, wchar_t text[4]) {
  int length = 0;
  for (; length < 3 && cell->scalars[length] != 0; length++) text[length] = (wchar_t)cell->scalars[length];
  text[length] = 0;
  bool fits = length > 0 && wcwidth(text[0]) == cell->width;
  for (int i = 1; i < length; i++) fits = fits && wcwidth(text[i]) == 0;
  if (!fits) {
    text[0] = L'?';
    text[1] = 0;
  }
}

static void put(int y, int x, const wchar_t *text, int style) {
  cchar_t cell;
  if (setcchar(&cell, text, style_attributes[style], style_pairs[style], NULL) == OK)
    mvwadd_wchnstr(stdscr, y, x, &cell, 1);
}

void lab_put_row(int y, const lab_cell *cells, int count) {
  int columns = getmaxx(stdscr);
  for (int x = 0; x < count && x < columns; x++) {
    const lab_cell *cell = &cells[x];
    if (cell->width == 0) continue;
    int style = cell->style < LAB_STYLES ? cell->style : 0;
    wchar_t text[4];
    to_wide(cell, text);
    bool whole = cell->width == 1 || x + 1 < columns;
    if (cell->width == 2 && (!whole || wcwidth(text[0]) == 1)) {
      put(y, x, L"?", style);
      if (whole) put(y, x + 1, L"?", style);
    } else {
      put(y, x, text, style);
    }
  }
}

void lab_erase(void) { werase(stdscr); }

void lab_refresh(int cursor_x, int cursor_y) {
  int shown = cursor_x >= 0;
  wmove(stdscr, shown ? cursor_y : 0, shown ? cursor_x : 0);
  if (shown != cursor_shown) curs_set(shown);
  cursor_shown = shown;
  wrefresh(stdscr);
}

void lab_send(const char *sequence) {
  if (screen == NULL || isendwin()) return;
  fputs(sequence, output);
  fflush(output);
}

static void report_mouse(bool on) {
  lab_rescue_mouse(on);
  lab_send(on ? "\033[?1000h\033[?1006h" : "\033[?1006l\033[?1000l");
}

void lab_set_mouse(bool on) {
  if (on != mouse_wanted) report_mouse(on);
  mouse_wanted = on;
}

void lab_repaint(void) {
  clearok(curscr, TRUE);
  wrefresh(curscr);
  if (mouse_wanted) report_mouse(true);
}

void lab_leave(void) {
  if (isendwin()) return;
  if (mouse_wanted) report_mouse(false);
  endwin();
}

WINDOW *lab_key_window(void) { return keys; }
