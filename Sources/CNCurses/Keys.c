#include "CNCurses.h"

#include <curses.h>

#include <string.h>

/* In Screen.c: a pad, because reading from a window would refresh it. */
WINDOW *lab_key_window(void);

static const struct {
  int curses;
  uint32_t ours;
} special_keys[] = {
    {KEY_UP, LAB_KEY_UP},           {KEY_DOWN, LAB_KEY_DOWN},         {KEY_LEFT, LAB_KEY_LEFT},
    {KEY_RIGHT, LAB_KEY_RIGHT},     {KEY_SR, LAB_KEY_UP},             {KEY_SF, LAB_KEY_DOWN},
    {KEY_SLEFT, LAB_KEY_LEFT},      {KEY_SRIGHT, LAB_KEY_RIGHT},      {KEY_HOME, LAB_KEY_HOME},
    {KEY_SHOME, LAB_KEY_HOME},      {KEY_A1, LAB_KEY_HOME},           {KEY_END, LAB_KEY_END},
    {KEY_LL, LAB_KEY_END},          {KEY_SEND, LAB_KEY_END},          {KEY_C1, LAB_KEY_END},
    {KEY_PPAGE, LAB_KEY_PAGE_UP},   {KEY_SPREVIOUS, LAB_KEY_PAGE_UP}, {KEY_A3, LAB_KEY_PAGE_UP},
    {KEY_NPAGE, LAB_KEY_PAGE_DOWN}, {KEY_SNEXT, LAB_KEY_PAGE_DOWN},   {KEY_C3, LAB_KEY_PAGE_DOWN},
    {KEY_BACKSPACE, LAB_KEY_BACKSPACE}, {KEY_DC, LAB_KEY_DELETE},     {KEY_SDC, LAB_KEY_DELETE},
    {KEY_ENTER, LAB_KEY_ENTER},     {KEY_BTAB, LAB_KEY_BACK_TAB},
};

/* Arrows with modifiers have numbers that differ between terminals, but names that don't: kLFT5. */
static const struct {
  const char *name;
  uint32_t ours;
} named_keys[] = {
    {"kUP", LAB_KEY_UP},   {"kDN", LAB_KEY_DOWN},     {"kLFT", LAB_KEY_LEFT},     {"kRIT", LAB_KEY_RIGHT},
    {"kHOM", LAB_KEY_HOME}, {"kEND", LAB_KEY_END},    {"kPRV", LAB_KEY_PAGE_UP},  {"kNXT", LAB_KEY_PAGE_DOWN},
    {"kDC", LAB_KEY_DELETE},
};

static uint32_t named(int code) {
  const char *name = keyname(code);
  if (name == NULL) return 0;
  size_t length = strcspn(name, "23456789");
  for (size_t i = 0; i < sizeof named_keys / sizeof named_keys[0]; i++) {
    if (strlen(named_keys[i].name) == length && strncmp(named_keys[i].name, name, length) == 0)
      return named_keys[i].ours;
  }
  return 0;
}

static uint32_t special(int code) {
  if (code > KEY_F0 && code <= KEY_F(24)) return LAB_KEY_F0 + (uint32_t)(code - KEY_F0);
  for (size_t i = 0; i < sizeof special_keys / sizeof special_keys[0]; i++) {
    if (special_keys[i].curses == code) return special_keys[i].ours;
  }
  return named(code);
}

lab_input lab_next_input(void) {
  wint_t code = 0;
  int status = wget_wch(lab_key_window(), &code);
  /* resizeterm queues this one: the size was told before. */
  while (status == KEY_CODE_YES && code == KEY_RESIZE) status = wget_wch(lab_key_window(), &code);
  if (status == ERR) return (lab_input){.kind = LAB_INPUT_NONE};
  if (status == OK) return (lab_input){.kind = LAB_INPUT_CHARACTER, .code = code};
  uint32_t key = special((int)code);
  return (lab_input){.kind = key != 0 ? LAB_INPUT_SPECIAL : LAB_INPUT_OTHER, .code = key};
}
