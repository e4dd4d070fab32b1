// Sends a POST to the URL in the first argument, with each other argument as a custom header, as the function does.

#include <curl/curl.h>

int main(int count, char **arguments) {
  CURL *handle = curl_easy_init();
  struct curl_slist *headers = NULL;
  for (int index = 2; index < count; index++) headers = curl_slist_append(headers, arguments[index]);
  curl_easy_setopt(handle, CURLOPT_URL, arguments[1]);
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "test/1");
  curl_easy_setopt(handle, CURLOPT_POSTFIELDS, "{}");
  CURLcode code = curl_easy_perform(handle);
  curl_slist_free_all(headers);
  curl_easy_cleanup(handle);
  return code;
}
