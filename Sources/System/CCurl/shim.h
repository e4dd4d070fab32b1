#include <curl/curl.h>
#include <nss.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <stdbool.h>

/* libcurl's setters and getters are variadic, which Swift can't call: one shim for each type of value. */

static inline CURLcode curl_easy_setopt_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_easy_setopt_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_easy_setopt_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_easy_setopt_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

typedef size_t (*curl_data_function)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode curl_easy_setopt_data_function(CURL *handle, CURLoption option, curl_data_function function) {
  return curl_easy_setopt(handle, option, function);
}

typedef int (*curl_prereq_function)(void *context, char *remote_address, char *local_address, int remote_port,
                                    int local_port);

static inline CURLcode curl_easy_setopt_prereq_function(CURL *handle, curl_prereq_function function) {
  return curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, function);
}

static inline CURLcode curl_easy_getinfo_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode curl_easy_getinfo_socket(CURL *handle, CURLINFO info, curl_socket_t *value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLMcode curl_multi_setopt_maximum_connections(CURLM *multi, long count) {
  return curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, count);
}

/* As 0xMMmmpp: the version of the libcurl that runs, which need not be the one of these headers. */
static inline unsigned int curl_version_number(void) { return curl_version_info(CURLVERSION_NOW)->version_num; }

/* Whether OpenSSL holds bytes that libcurl hasn't read; for a callback, during a transfer. False without TLS, and where
   libcurl uses another TLS library. */
static inline bool curl_easy_has_unread_tls_bytes(CURL *handle) {
  struct curl_tlssessioninfo *session = NULL;
  if (curl_easy_getinfo(handle, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK || !session || !session->internals ||
      session->backend != CURLSSLBACKEND_OPENSSL)
    return false;
  return SSL_has_pending((const SSL *)session->internals);
}

/* Has names looked up in /etc/hosts and by DNS, whatever /etc/nsswitch.conf says. A static executable would load other
   name services from the system's files, which are of another glibc: it has these two linked in. */
static inline int use_linked_name_services(void) { return __nss_configure_lookup("hosts", "files dns"); }

/* Seeds the primary generator from the kernel's, and with it every thread's: these are its children, and seed themselves
   from it before they next generate something, because its counter of seedings has changed. */
static inline bool reseed_random_generator(void) {
  return EVP_RAND_reseed(RAND_get0_primary(NULL), 1, NULL, 0, NULL, 0) == 1;
}
