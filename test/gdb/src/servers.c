/* Stands in for servers and interpreters: their functions and types as far as the commands need them. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
typedef struct request_rec { const char *the_request, *filename; } request_rec;
struct stream { int flags; void *front, *back; };
static void ap_process_request(request_rec *r) { if (r) abort(); }
static void process_stream(struct stream *s) { if (s) raise(SIGSEGV); }
static void luaV_execute(int calls) { if (calls) raise(SIGSEGV); }
static void JavaMain(int threads) { if (threads) raise(SIGSEGV); }
int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    request_rec request = {"GET /cart HTTP/1.1", "/srv/www/cart"};
    struct stream stream = {6, &request, NULL};
    if (!strcmp(what, "httpd")) ap_process_request(&request);
    if (!strcmp(what, "haproxy")) process_stream(&stream);
    if (!strcmp(what, "lua")) luaV_execute(1);
    if (!strcmp(what, "java")) JavaMain(1);
    return 0;
}
