// The load of `make bench`: one client program for every server, so that servers are compared and not clients.
//
//   load visit  HOST:PORT [options]   connect, shake hands, talk once if there is a size, leave; again and again
//   load echo   HOST:PORT [options]   send SIZE bytes, await them, again, on all connections for so many seconds
//   load idle   HOST:PORT [options]   open all connections, talk once on each, hold them
//   load silent HOST:PORT [options]   open all connections and say nothing, or dribble a first message
//
// It prints {"ready":N} when its connections stand, waits for a line, works, prints its result as one line of JSON, and
// waits for another line before it leaves. So who started it can read a server's clock before and after the work.
// TLS is 1.3 with TLS_AES_128_GCM_SHA256 and P-256, which every server has. Certificates are not judged. What comes
// back is compared.

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SAMPLES = 1 << 20, CHUNK = 64 * 1024, OPENING = 64, TICKETS = 64 };

enum stage { UNUSED, CONNECTING, SHAKING, TALKING, RESTING, LEAVING, GONE, STAGES };
enum outcome { FINISHED = 0, LATER = -1, BROKEN = -2 };

struct connection {
  int socket;
  SSL *tls;
  enum stage stage;
  size_t sent, got;
  double began, asked;
  uint32_t watched;
};

static enum { VISIT, ECHO, IDLE, SILENT } mode;
static struct sockaddr_in server;
static bool with_tls = true, resuming, dribbling;
static int wanted = 1, limit = 1 << 30;
static double seconds = 2, patience = 5;
static size_t size;

static int poller, opened, failed, resumed, sampled;
static int at[STAGES];
static long long operations;
static bool working;
static double stop_at;
static const char *reason = "";
static struct connection *connections;
static SSL_CTX *context;
static SSL_SESSION *tickets[TICKETS];  // each is used once
static int kept;
static char *message;
static float samples[SAMPLES];

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void die(const char *what) {
  fprintf(stderr, "load: %s\n", what);
  exit(2);
}

static void sample(double since) {
  if (sampled < SAMPLES) samples[sampled++] = (float)((now() - since) * 1e6);
}

// ---- One connection.

static void enter(struct connection *c, enum stage stage) {
  at[c->stage]--;
  at[c->stage = stage]++;
}

static void watch(struct connection *c, uint32_t events) {
  if (events == c->watched) return;
  struct epoll_event event = {.events = events, .data.ptr = c};
  epoll_ctl(poller, c->watched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, c->socket, &event);
  c->watched = events;
}

static void leave(struct connection *c) {
  close(c->socket);
  SSL_free(c->tls);
  c->tls = NULL;
  enter(c, GONE);
}

static void fail(struct connection *c, const char *why) {
  failed++;
  if (!*reason) reason = why;
  leave(c);
}

// Many visits would use up the ports of one address; so they come from sixteen.
static void come_from_another_address(int fd) {
  static uint32_t turn;
  struct sockaddr_in from = {.sin_family = AF_INET};
  if ((ntohl(server.sin_addr.s_addr) >> 24) != 127) return;
  int yes = 1;
  setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
  from.sin_addr.s_addr = htonl(0x7f000101u + (turn++ & 15u));
  bind(fd, (struct sockaddr *)&from, sizeof from);
}

static void start(struct connection *c) {
  int yes = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (fd < 0) die("too few files may be open");
  enter(c, CONNECTING);
  *c = (struct connection){.stage = CONNECTING, .socket = fd, .began = now()};
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  come_from_another_address(fd);
  opened++;
  if (connect(fd, (struct sockaddr *)&server, sizeof server) && errno != EINPROGRESS) fail(c, strerror(errno));
  else watch(c, EPOLLOUT);
}

static int keep_ticket(SSL *tls, SSL_SESSION *ticket) {
  (void)tls;
  if (kept == TICKETS) return 0;
  tickets[kept++] = ticket;
  return 1;
}

// ---- Bytes, in clear or through the engine: a count or an outcome.

static int outcome(SSL *tls, int result) {
  int error = SSL_get_error(tls, result);
  ERR_clear_error();
  if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return LATER;
  return error == SSL_ERROR_ZERO_RETURN ? FINISHED : BROKEN;
}

static int get(struct connection *c, char *bytes) {
  if (c->tls) {
    int result = SSL_read(c->tls, bytes, CHUNK);
    return result > 0 ? result : outcome(c->tls, result);
  }
  ssize_t result = recv(c->socket, bytes, CHUNK, 0);
  return result >= 0 ? (int)result : errno == EAGAIN ? LATER : BROKEN;
}

static int put(struct connection *c, const char *bytes, size_t count) {
  if (c->tls) {
    int result = SSL_write(c->tls, bytes, (int)(count < CHUNK ? count : CHUNK));
    return result > 0 ? result : outcome(c->tls, result);
  }
  ssize_t result = send(c->socket, bytes, count, MSG_NOSIGNAL);
  return result >= 0 ? (int)result : errno == EAGAIN ? LATER : BROKEN;
}

// ---- What a connection does next.

static void rest(struct connection *c) {
  enter(c, RESTING);
  watch(c, EPOLLIN);
}

static void say_goodbye(struct connection *c) {
  enter(c, LEAVING);
  if (c->tls) SSL_shutdown(c->tls);
  ERR_clear_error();
  shutdown(c->socket, SHUT_WR);
  watch(c, EPOLLIN);
}

// The size bytes of a message came back.
static void answered(struct connection *c) {
  if (mode == VISIT) {
    sample(c->began);
    say_goodbye(c);
  } else if (!working) {
    rest(c);
  } else {
    operations++;
    sample(c->asked);
    if (now() >= stop_at) return rest(c);
    c->sent = c->got = 0;
    c->asked = now();
  }
}

static bool hear(struct connection *c) {
  static char bytes[CHUNK];
  while (c->stage == TALKING) {
    int count = get(c, bytes);
    if (count == LATER) return true;
    if (count <= 0) return false;
    if ((size_t)count > size - c->got || memcmp(bytes, message + c->got, (size_t)count)) return false;
    c->got += (size_t)count;
    if (c->got < size) continue;
    answered(c);
    return true;
  }
  return true;
}

static void talk(struct connection *c) {
  for (bool again = true; again && c->stage == TALKING;) {
    while (c->sent < size) {
      int count = put(c, message + c->sent, size - c->sent);
      if (count == LATER) break;
      if (count <= 0) return fail(c, "closed while bytes were sent");
      c->sent += (size_t)count;
    }
    if (!hear(c)) return fail(c, "closed while bytes were awaited, or other bytes came");
    again = c->stage == TALKING && c->sent == 0;
  }
  if (c->stage == TALKING) watch(c, EPOLLIN | (c->sent < size ? EPOLLOUT : 0));
}

static void ask(struct connection *c) {
  enter(c, TALKING);
  c->sent = c->got = 0;
  c->asked = now();
  talk(c);
}

static void stand(struct connection *c) {
  if (c->tls && SSL_session_reused(c->tls)) resumed++;
  if (mode != SILENT && size > 0) return ask(c);
  if (mode != VISIT) return rest(c);
  sample(c->began);
  say_goodbye(c);
}

static void shake(struct connection *c) {
  int result = SSL_do_handshake(c->tls);
  if (result == 1) return stand(c);
  if (outcome(c->tls, result) != LATER) return fail(c, "the handshake failed");
  watch(c, EPOLLIN);
}

static void connected(struct connection *c) {
  int error = 0;
  socklen_t length = sizeof error;
  getsockopt(c->socket, SOL_SOCKET, SO_ERROR, &error, &length);
  if (error) return fail(c, strerror(error));
  if (!with_tls || mode == SILENT) return stand(c);
  c->tls = SSL_new(context);
  SSL_set_fd(c->tls, c->socket);
  SSL_set_connect_state(c->tls);
  if (resuming && kept > 0) {
    SSL_set_session(c->tls, tickets[--kept]);
    SSL_SESSION_free(tickets[kept]);
  }
  enter(c, SHAKING);
  shake(c);
}

// Tickets may come at any time, and the end of the connection.
static void overhear(struct connection *c) {
  static char bytes[CHUNK];
  int count = get(c, bytes);
  if (c->stage != LEAVING) {
    if (count == FINISHED || count == BROKEN) fail(c, "closed by the server");
    return;
  }
  if (count == LATER || count > 0) return;
  operations++;
  leave(c);
}

static void serve(struct connection *c) {
  switch (c->stage) {
    case CONNECTING: return connected(c);
    case SHAKING: return shake(c);
    case TALKING: return talk(c);
    case RESTING: case LEAVING: return overhear(c);
    case UNUSED: case GONE: case STAGES: return;
  }
}

// ---- All connections.

static int in_motion(void) { return at[CONNECTING] + at[SHAKING] + at[TALKING] + at[LEAVING]; }

static void give_up_on_the_slow(void) {
  static double checked;
  double time = now();
  if (time - checked < 0.1) return;
  checked = time;
  for (struct connection *c = connections; c < connections + wanted; c++) {
    if (c->stage == UNUSED || c->stage == RESTING || c->stage == GONE) continue;
    if (time - (c->stage == TALKING ? c->asked : c->began) > patience) fail(c, "no answer in time");
  }
}

static void turn(void) {
  struct epoll_event events[256];
  int ready = epoll_wait(poller, events, 256, 100);
  for (int i = 0; i < ready; i++) serve(events[i].data.ptr);
  give_up_on_the_slow();
}

static void open_all(void) {
  while (opened < wanted || in_motion() > 0) {
    while (opened < wanted && in_motion() < OPENING) start(&connections[opened]);
    turn();
  }
}

static void visit(void) {
  for (;;) {
    bool more = now() < stop_at && opened < limit;
    for (struct connection *c = connections; more && c < connections + wanted; c++) {
      if ((c->stage == UNUSED || c->stage == GONE) && opened < limit) start(c);
    }
    if (!more && in_motion() == 0) return;
    turn();
  }
}

static void echo(void) {
  for (struct connection *c = connections; c < connections + wanted; c++) {
    if (c->stage == RESTING) ask(c);
  }
  while (at[TALKING] > 0) turn();
}

// The beginning of a first message that is never finished.
static void dribble(void) {
  static const char hello[] = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (char)0xfc, 0x03, 0x03};
  for (struct connection *c = connections; c < connections + wanted; c++) {
    if (c->stage != RESTING) continue;
    char byte = c->sent < sizeof hello ? hello[c->sent] : 0;
    c->sent++;
    send(c->socket, &byte, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
  }
}

static void await_line(void) {
  struct pollfd input = {.fd = 0, .events = POLLIN};
  char line[64];
  while (poll(&input, 1, mode == SILENT ? 100 : -1) == 0) {
    if (dribbling) dribble();
  }
  if (read(0, line, sizeof line) <= 0) exit(0);
}

// ---- Words.

static int by_size(const void *one, const void *other) {
  float a = *(const float *)one, b = *(const float *)other;
  return (a > b) - (a < b);
}

static void report(double took) {
  qsort(samples, (size_t)sampled, sizeof *samples, by_size);
  double half = sampled ? samples[sampled / 2] : 0, high = sampled ? samples[sampled * 99LL / 100] : 0;
  double most = sampled ? samples[sampled - 1] : 0;
  printf("{\"operations\":%lld,\"seconds\":%.6f,\"bytes\":%lld,\"failed\":%d,\"resumed\":%d,\"standing\":%d,"
         "\"p50_us\":%.1f,\"p99_us\":%.1f,\"max_us\":%.1f,\"reason\":\"%s\"}\n",
         operations, took, operations * (long long)size, failed, resumed, at[RESTING], half, high, most, reason);
  fflush(stdout);
}

static void read_address(char *text) {
  char *colon = strrchr(text, ':');
  if (!colon) die("an address is HOST:PORT");
  *colon = 0;
  server.sin_family = AF_INET;
  server.sin_port = htons((uint16_t)atoi(colon + 1));
  if (inet_pton(AF_INET, text, &server.sin_addr) != 1) die("not an IPv4 address");
}

static void read_options(char **words) {
  for (; *words; words++) {
    if (!strcmp(*words, "--plain")) with_tls = false;
    else if (!strcmp(*words, "--resume")) resuming = true;
    else if (!strcmp(*words, "--dribble")) dribbling = true;
    else if (!words[1]) die("an option lacks its value");
    else if (!strcmp(*words, "--connections")) wanted = atoi(*++words);
    else if (!strcmp(*words, "--limit")) limit = atoi(*++words);
    else if (!strcmp(*words, "--seconds")) seconds = atof(*++words);
    else if (!strcmp(*words, "--patience")) patience = atof(*++words);
    else if (!strcmp(*words, "--size")) size = (size_t)atoll(*++words);
    else die("an option nobody knows");
  }
}

static void prepare(void) {
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  signal(SIGPIPE, SIG_IGN);
  poller = epoll_create1(0);
  connections = calloc((size_t)wanted, sizeof *connections);
  message = malloc(size + 1);
  for (size_t i = 0; i < size; i++) message[i] = (char)('a' + i % 23);
  context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
  SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256");
  SSL_CTX_set1_groups_list(context, "P-256");
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(context, keep_ticket);
}

int main(int count, char **words) {
  static const char *const modes[] = {"visit", "echo", "idle", "silent"};
  if (count < 3) die("visit|echo|idle|silent HOST:PORT [options]");
  while (strcmp(words[1], modes[mode])) {
    if (mode == SILENT) die("visit, echo, idle or silent");
    mode++;
  }
  read_address(words[2]);
  read_options(words + 3);
  prepare();
  if (mode != VISIT) open_all();
  printf("{\"ready\":%d}\n", at[RESTING]);
  fflush(stdout);
  await_line();
  double began = now();
  stop_at = began + seconds;
  working = true;
  if (mode == VISIT) visit();
  if (mode == ECHO) echo();
  if (mode == IDLE || mode == SILENT) turn();
  report(now() - began);
  await_line();
  for (struct connection *c = connections; c < connections + wanted; c++) {
    if (c->stage == RESTING) leave(c);
  }
}
