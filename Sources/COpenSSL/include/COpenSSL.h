#ifndef NETLAB_COPENSSL_H
#define NETLAB_COPENSSL_H
#include <openssl/ssl.h>
#endif
