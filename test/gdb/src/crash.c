/* Ends in the way that the first argument names. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
struct order { int items; double prices[4]; };
static double order_total(const struct order *order, int taxed) { return order->prices[0] * (taxed ? 1.2 : 1); }
static int counter_next(int *counter) { return ++*counter; }
static int hook_run(int (*hook)(int), int value) { return hook(value); }
static int average(int total, int count) { return total / count; }
static void copy_name(const char *name) { char local[8]; strcpy(local, name); printf("%s\n", local); }
static void copy_part(const char *from, size_t length) { char local[16]; memcpy(local, from, length); printf("%.4s\n", local); }
static void give_up(const char *why) { fprintf(stderr, "%s\n", why); abort(); }
static void page_copy(void)
{
    char *pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), copy[4096];
    munmap(pages + 4096, 4096);
    memcpy(copy, pages + 4096 - 64, sizeof copy);
    printf("%d\n", copy[100]);
}
static int file_byte(void)
{
    int file = open(".", O_TMPFILE | O_RDWR, 0600);
    if (ftruncate(file, 100) < 0) return 1;
    char *map = mmap(NULL, 8192, PROT_READ, MAP_SHARED, file, 0);
    return map[5000];
}
static void block_grow(char *block) { block = realloc(block + 8, 200); free(block); }
/* The name under which a library tries out instructions. */
static void OPENSSL_cpuid_setup(void) { __builtin_trap(); }
int main(int argc, char **argv)
{
    const char *how = argc > 1 ? argv[1] : "";
    if (!strcmp(how, "null")) printf("%f\n", order_total(NULL, 1));
    if (!strcmp(how, "wild")) printf("%d\n", counter_next((int *)0x123456784));
    if (!strcmp(how, "jump")) printf("%d\n", hook_run((int (*)(int))0x1230, 4));
    if (!strcmp(how, "page")) page_copy();
    if (!strcmp(how, "fpe")) printf("%d\n", average(7, argc - 2));
    if (!strcmp(how, "ill")) __builtin_trap();
    if (!strcmp(how, "probe")) OPENSSL_cpuid_setup();
    if (!strcmp(how, "bus")) printf("%d\n", file_byte());
    if (!strcmp(how, "smash")) copy_name("a name that is much too long for eight bytes");
    if (!strcmp(how, "fortify")) copy_part(how, strlen(how) * 4);
    if (!strcmp(how, "heap")) block_grow(malloc(100));
    if (!strcmp(how, "abort")) give_up("nothing left to do");
    if (!strcmp(how, "term")) { pid_t me = getpid(); if (fork() == 0) { kill(me, SIGTERM); _exit(0); } pause(); }
    return 0;
}
