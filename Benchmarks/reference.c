// The yardstick of `make bench`: a server as cheap as OpenSSL allows.
//
//   reference echo  HOST:PORT              [CERT KEY]   gives back what it gets
//   reference relay HOST:PORT BACKEND:PORT [CERT KEY]   carries bytes to a backend in clear
//
// One thread, one epoll. With CERT and KEY its clients speak TLS. The engine reads and writes memory, so a burst costs
// three system calls: wait, receive, send. An idle connection holds no buffer.

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BURST = 128 * 1024, ROOM = BURST + 16 * 1024, RECORD = 16 * 1024 };

// Bytes that wait to be sent. Taken from a pool when needed and given back when sent.
struct buffer {
  struct buffer *next;
  size_t start, end, room;
  char *bytes;
};

// One socket. `peer` is where its bytes go: itself in an echo server.
struct end {
  int socket;
  SSL *tls;
  struct end *peer, *next_grave;
  struct buffer *out;
  bool ready;      // connected, and shaken hands: may carry the peer's bytes
  bool finished;   // has said its last byte
  bool closing;    // its own goodbye is to be sent after `out`
  bool over;
  uint32_t watched;
};

static int poller;
static SSL_CTX *context;
static BIO_METHOD *memory;
static struct sockaddr_in backend;
static bool relays;
static struct buffer *pool;
static char received[BURST];  // ciphertext that the engine is about to read
static size_t received_start, received_end;
static char plain[RECORD];
static struct end *graves;  // freed after the events that may still name them

static void die(const char *what) {
  fprintf(stderr, "reference: %s%s%s\n", what, errno ? ": " : "", errno ? strerror(errno) : "");
  ERR_print_errors_fp(stderr);
  exit(1);
}

static void *need(void *memory_or_null) {
  if (!memory_or_null) die("memory");
  return memory_or_null;
}

static struct buffer *out_of(struct end *end) {
  if (end->out) return end->out;
  struct buffer *buffer = pool;
  if (buffer) {
    pool = buffer->next;
  } else {
    buffer = need(calloc(1, sizeof *buffer));
    buffer->room = ROOM;
    buffer->bytes = need(malloc(ROOM));
  }
  buffer->start = buffer->end = 0;
  return end->out = buffer;
}

static void put_back(struct end *end) {
  end->out->next = pool;
  pool = end->out;
  end->out = NULL;
}

// Room for `count` bytes at the end of what `end` is to send.
static char *room_for(struct end *end, size_t count) {
  struct buffer *out = out_of(end);
  if (out->room - out->end < count) {
    out->room = out->end + count;
    out->bytes = need(realloc(out->bytes, out->room));
  }
  return out->bytes + out->end;
}

// ---- The engine's two sides: what was received, and what is to be sent.

static int engine_reads(BIO *bio, char *bytes, int count) {
  size_t left = received_end - received_start;
  BIO_clear_retry_flags(bio);
  if (left == 0) {
    BIO_set_retry_read(bio);
    return -1;
  }
  size_t taken = left < (size_t)count ? left : (size_t)count;
  memcpy(bytes, received + received_start, taken);
  received_start += taken;
  return (int)taken;
}

static int engine_writes(BIO *bio, const char *bytes, int count) {
  struct end *end = BIO_get_data(bio);
  memcpy(room_for(end, (size_t)count), bytes, (size_t)count);
  end->out->end += (size_t)count;
  return count;
}

static long engine_controls(BIO *bio, int command, long number, void *pointer) {
  (void)bio, (void)number, (void)pointer;
  return command == BIO_CTRL_FLUSH;
}

static void start_tls(struct end *end) {
  BIO *bio = need(BIO_new(memory));
  BIO_set_data(bio, end);
  BIO_set_init(bio, 1);
  end->tls = need(SSL_new(context));
  SSL_set_bio(end->tls, bio, bio);
  SSL_set_accept_state(end->tls);
}

// ---- Ends.

static void watch(struct end *end) {
  // Not read while what its bytes became is unsent: a slow reader slows its own sender, and memory stays bounded.
  bool held = end->finished || (end->ready && (!end->peer->ready || end->peer->out));
  bool waits = end->out || (!end->ready && !end->tls);
  uint32_t wanted = (held ? 0 : EPOLLIN) | (waits ? EPOLLOUT : 0);
  if (end->over || wanted == end->watched) return;
  end->watched = wanted;
  struct epoll_event event = {.events = wanted, .data.ptr = end};
  epoll_ctl(poller, EPOLL_CTL_MOD, end->socket, &event);
}

static struct end *new_end(int socket) {
  struct end *end = need(calloc(1, sizeof *end));
  int yes = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  end->socket = socket;
  end->peer = end;
  end->watched = EPOLLIN;
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = end};
  epoll_ctl(poller, EPOLL_CTL_ADD, socket, &event);
  return end;
}

static void end_one(struct end *end) {
  if (end->over) return;
  end->over = true;
  close(end->socket);
  SSL_free(end->tls);
  if (end->out) put_back(end);
  end->next_grave = graves;
  graves = end;
}

static void end_both(struct end *end) {
  end_one(end->peer);
  end_one(end);
}

static bool flush(struct end *end) {
  struct buffer *out = end->out;
  while (out && out->start < out->end) {
    ssize_t sent = send(end->socket, out->bytes + out->start, out->end - out->start, MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN;
    out->start += (size_t)sent;
  }
  if (out) put_back(end);
  if (end->closing) {
    end->closing = false;
    shutdown(end->socket, SHUT_WR);
  }
  return true;
}

static void say_goodbye(struct end *end) {
  if (end->tls) SSL_shutdown(end->tls);
  end->closing = true;
}

static void reach_backend(struct end *client) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (fd < 0) return end_both(client);
  struct end *end = new_end(fd);
  end->peer = client;
  client->peer = end;
  if (connect(fd, (struct sockaddr *)&backend, sizeof backend) == 0) end->ready = true;
  else if (errno != EINPROGRESS) end_both(client);
}

static void client_is_ready(struct end *client) {
  client->ready = true;
  if (relays) reach_backend(client);
}

// ---- Bytes.

// Takes what the engine has for `end` to its peer. False when the connection is broken.
static bool pump_tls(struct end *end) {
  if (!end->ready) {
    int result = SSL_do_handshake(end->tls);
    if (result != 1) return SSL_get_error(end->tls, result) == SSL_ERROR_WANT_READ && flush(end);
    client_is_ready(end);
    if (end->over) return true;
  }
  for (;;) {
    struct end *to = end->peer;
    char *into = to->tls ? plain : room_for(to, RECORD);
    int count = SSL_read(end->tls, into, RECORD);
    if (count <= 0) {
      if (to->out && to->out->start == to->out->end) put_back(to);
      int error = SSL_get_error(end->tls, count);
      if (error == SSL_ERROR_ZERO_RETURN) end->finished = true;
      return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_ZERO_RETURN;
    }
    if (!to->tls) to->out->end += (size_t)count;
    else if (SSL_write(to->tls, into, count) <= 0) return false;
  }
}

static bool receive(struct end *end) {
  struct end *to = end->peer;
  bool straight = !end->tls && !to->tls;
  char *into = straight ? room_for(to, BURST) : received;
  ssize_t count = recv(end->socket, into, BURST, 0);
  if (count <= 0) {
    if (straight && to->out->start == to->out->end) put_back(to);
    if (count < 0) return errno == EAGAIN;
    end->finished = true;
    return end->ready;
  }
  if (straight) {
    to->out->end += (size_t)count;
  } else if (end->tls) {
    received_start = 0;
    received_end = (size_t)count;
    return pump_tls(end);
  } else {
    for (ssize_t at = 0; at < count; at += RECORD) {
      int part = (int)(count - at < RECORD ? count - at : RECORD);
      if (SSL_write(to->tls, received + at, part) <= 0) return false;
    }
  }
  return true;
}

static void serve(struct end *end, uint32_t events) {
  if (end->over) return;
  if (!end->ready && !end->tls && (events & (EPOLLOUT | EPOLLERR | EPOLLHUP))) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(end->socket, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) return end_both(end);
    end->ready = true;
  }
  if (events & EPOLLERR) return end_both(end);
  bool was_finished = end->finished;
  if ((events & EPOLLOUT) && !flush(end)) return end_both(end);
  if ((events & (EPOLLIN | EPOLLHUP)) && (end->watched & EPOLLIN) && !receive(end)) return end_both(end);
  if (end->over) return;
  if (end->finished && !was_finished) say_goodbye(end->peer);
  if (end->peer->ready && !flush(end->peer)) return end_both(end);
  if (end->peer != end && !flush(end)) return end_both(end);
  if (end->finished && end->peer->finished && !end->out && !end->peer->out) return end_both(end);
  watch(end);
  watch(end->peer);
}

static void accept_all(int listener) {
  for (;;) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
    if (fd < 0) return;
    struct end *end = new_end(fd);
    if (context) start_tls(end);
    else client_is_ready(end);
    if (!end->over) watch(end), watch(end->peer);
  }
}

// ---- Starting.

static struct sockaddr_in address(char *text) {
  char *colon = strrchr(text, ':');
  struct sockaddr_in result = {.sin_family = AF_INET};
  if (!colon) die("an address is HOST:PORT");
  *colon = 0;
  if (inet_pton(AF_INET, text, &result.sin_addr) != 1) die("not an IPv4 address");
  result.sin_port = htons((uint16_t)atoi(colon + 1));
  return result;
}

static void make_context(const char *certificate, const char *key) {
  memory = need(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "memory of the loop"));
  BIO_meth_set_read(memory, engine_reads);
  BIO_meth_set_write(memory, engine_writes);
  BIO_meth_set_ctrl(memory, engine_controls);
  context = need(SSL_CTX_new(TLS_server_method()));
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  if (SSL_CTX_use_certificate_chain_file(context, certificate) != 1) die(certificate);
  if (SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1) die(key);
}

static int listen_at(struct sockaddr_in where) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), yes = 1;
  socklen_t size = sizeof where;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (bind(listener, (struct sockaddr *)&where, size) || listen(listener, 4096)) die("listen");
  getsockname(listener, (struct sockaddr *)&where, &size);
  printf("listening on 127.0.0.1:%d\n", ntohs(where.sin_port));
  fflush(stdout);
  return listener;
}

int main(int count, char **words) {
  int used = count > 1 && strcmp(words[1], "relay") == 0 ? 4 : 3;
  relays = used == 4;
  if (count != used && count != used + 2) die("reference echo|relay HOST:PORT [BACKEND:PORT] [CERT KEY]");
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  signal(SIGPIPE, SIG_IGN);
  if (relays) backend = address(words[3]);
  if (count > used) make_context(words[used], words[used + 1]);
  poller = epoll_create1(0);
  int listener = listen_at(address(words[2]));
  struct epoll_event event = {.events = EPOLLIN}, events[256];
  epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event);
  for (;;) {
    int ready = epoll_wait(poller, events, 256, -1);
    for (int i = 0; i < ready; i++) {
      if (events[i].data.ptr) serve(events[i].data.ptr, events[i].events);
      else accept_all(listener);
    }
    for (struct end *next; graves; graves = next) next = graves->next_grave, free(graves);
  }
}
