#ifndef NETLAB_COPENSSL_H
#define NETLAB_COPENSSL_H

// One function for each macro or variadic function of OpenSSL that Swift can't call. No logic here.

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

int netlab_SSL_CTX_set_min_proto_version(SSL_CTX *ctx, int version);
int netlab_SSL_CTX_set_max_proto_version(SSL_CTX *ctx, int version);
long netlab_SSL_CTX_set_mode(SSL_CTX *ctx, long mode);
long netlab_SSL_CTX_set_session_cache_mode(SSL_CTX *ctx, long mode);
int netlab_SSL_CTX_set1_groups_list(SSL_CTX *ctx, const char *list);
int netlab_SSL_CTX_add1_chain_cert(SSL_CTX *ctx, X509 *certificate);
uint64_t netlab_SSL_OP_NO_RENEGOTIATION(void);
uint64_t netlab_SSL_OP_NO_TICKET(void);
uint64_t netlab_SSL_OP_CIPHER_SERVER_PREFERENCE(void);
int netlab_SSL_CTX_set_dh_auto(SSL_CTX *ctx);
void netlab_SSL_CTX_set_servername_callback(SSL_CTX *ctx, int (*callback)(SSL *, int *, void *), void *argument);

int netlab_SSL_get_negotiated_group(SSL *ssl);
int netlab_SSL_get_ex_new_index(void);
int netlab_SSL_set_tlsext_host_name(SSL *ssl, const char *name);
void netlab_SSL_set_msg_callback_arg(SSL *ssl, void *argument);

long netlab_BIO_get_mem_data(BIO *bio, char **data);
void netlab_BIO_set_mem_eof_return(BIO *bio, int value);
void netlab_OPENSSL_free(void *memory);
unsigned long netlab_XN_FLAG_RFC2253(void);

int netlab_sk_X509_num(const STACK_OF(X509) *stack);
X509 *netlab_sk_X509_value(const STACK_OF(X509) *stack, int index);
int netlab_sk_GENERAL_NAME_num(const GENERAL_NAMES *stack);
GENERAL_NAME *netlab_sk_GENERAL_NAME_value(const GENERAL_NAMES *stack, int index);
STACK_OF(X509) *netlab_sk_X509_new(void);
int netlab_sk_X509_push(STACK_OF(X509) *stack, X509 *certificate);
void netlab_sk_X509_free(STACK_OF(X509) *stack);
int netlab_sk_X509_OBJECT_num(const STACK_OF(X509_OBJECT) *stack);
int netlab_sk_X509_REVOKED_num(const STACK_OF(X509_REVOKED) *stack);
X509_REVOKED *netlab_sk_X509_REVOKED_value(const STACK_OF(X509_REVOKED) *stack, int index);

EVP_PKEY *netlab_EVP_EC_gen(const char *curve);
EVP_PKEY *netlab_EVP_RSA_gen(unsigned int bits);
EVP_PKEY *netlab_EVP_ED25519_gen(void);

#endif
