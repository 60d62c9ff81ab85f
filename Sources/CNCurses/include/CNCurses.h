/* The terminal as plain C integers. curses.h stays inside the .c files: its globals and function-like
 * macros don't reach Swift. Everything here belongs to one thread, except where it says otherwise. */
#ifndef NETLAB_CNCURSES_H
#define NETLAB_CNCURSES_H

#include <stdbool.h>
#include <stdint.h>

/* Locale and terminal description. */

/* Sets LC_CTYPE to `name` ("" is the environment's), or to C.UTF-8 where that does not exist. True if
 * characters are then UTF-8. */
bool lab_use_locale(const char *name);

enum { LAB_TERM_UNKNOWN = 0, LAB_TERM_NO_CURSOR_MOVES = 1, LAB_TERM_USABLE = 2 };
/* What the terminal database knows of a terminal. Not while a screen is up. */
int lab_describe_terminal(const char *term, int fd);

/* The size of the terminal behind a descriptor; false where it has none. */
bool lab_terminal_size(int fd, int *columns, int *rows);

/* A pipe both ends of which are non-blocking and closed on exec. */
bool lab_pipe(int ends[2]);

/* The screen. */

enum { LAB_BOLD = 1, LAB_DIM = 2, LAB_UNDERLINE = 4, LAB_REVERSE = 8 };
enum { LAB_STYLES = 64 };

/* Width 0 is the right half of a wide character. Unused scalars are 0. */
typedef struct {
  uint32_t scalars[3];
  uint8_t width;
  uint8_t style;
} lab_cell;

/* Takes the terminal over. `term` may be NULL (TERM is used). The two descriptors stay the caller's.
 * False where curses refuses. */
bool lab_start(const char *term, int in, int out, int escape_delay_ms);
void lab_stop(void);
bool lab_is_running(void);

/* The number of colours, 0 without any. */
int lab_colours(void);
/* Sets a style. Colour -1 is the terminal's own foreground; the background is never touched. */
void lab_set_style(int style, int colour, unsigned attributes);

void lab_size(int *columns, int *rows);
/* Tells curses the size the terminal has now. True if it changed. */
bool lab_adopt_size(void);

void lab_put_row(int y, const lab_cell *cells, int count);
void lab_erase(void);
/* Shows what was put. A negative x hides the cursor. */
void lab_refresh(int cursor_x, int cursor_y);
/* Paints everything again, after something else wrote to the terminal. */
void lab_repaint(void);
/* Gives the terminal back for a while; the next refresh takes it again. */
void lab_leave(void);
/* Sends a sequence that curses doesn't know. It must move nothing on the screen. */
void lab_send(const char *sequence);
/* Reports come as characters: ESC [ < button ; column ; row M. */
void lab_set_mouse(bool on);

/* Input. */

enum { LAB_INPUT_NONE, LAB_INPUT_CHARACTER, LAB_INPUT_SPECIAL, LAB_INPUT_OTHER };
enum {
  LAB_KEY_UP = 1, LAB_KEY_DOWN, LAB_KEY_LEFT, LAB_KEY_RIGHT, LAB_KEY_HOME, LAB_KEY_END, LAB_KEY_PAGE_UP,
  LAB_KEY_PAGE_DOWN, LAB_KEY_BACKSPACE, LAB_KEY_DELETE, LAB_KEY_ENTER, LAB_KEY_BACK_TAB, LAB_KEY_F0 = 100
};

typedef struct {
  int kind;
  /* A scalar, or a LAB_KEY. */
  uint32_t code;
} lab_input;

/* The next key, or LAB_INPUT_NONE at once if there is none. */
lab_input lab_next_input(void);

/* True if the descriptor is at its end: readable, yet without a byte. */
bool lab_at_end(int fd);

/* Signals. */

/* Installs the handlers and returns the descriptor on which one byte per signal arrives, -1 on failure.
 * Must come before lab_start: curses installs its own where there are none. */
int lab_catch_signals(void);
/* Puts back what was there before, except that fatal signals get their default action. */
void lab_release_signals(void);

/* What a crash prints after the terminal is restored. */
void lab_set_crash_message(const char *text);

/* Remembers how to give the terminal back without curses, in a signal handler or at exit. Between
 * lab_rescue_prepare (before lab_start) and lab_rescue_forget a crash leaves the terminal usable. */
void lab_rescue_prepare(int out);
void lab_rescue_learn(void);
void lab_rescue_forget(void);

/* Stops the whole foreground job until it is continued. Returns at once where nobody could continue it. */
void lab_stop_job(void);

#endif
