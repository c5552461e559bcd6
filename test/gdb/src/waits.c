/* Waits in the way that the first argument names. */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <unistd.h>
static pthread_mutex_t lone = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t table = PTHREAD_RWLOCK_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static sem_t slots;
static void cache_lock(pthread_mutex_t *lock) { pthread_mutex_lock(lock); }
static void table_read(pthread_rwlock_t *lock) { pthread_rwlock_rdlock(lock); }
static void slot_take(sem_t *semaphore) { sem_wait(semaphore); }
static void queue_pop(pthread_mutex_t *lock) { pthread_mutex_lock(lock); for (;;) pthread_cond_wait(&filled, lock); }
static void array_take(int id) { struct sembuf down = {0, -1, 0}; while (semop(id, &down, 1) < 0) continue; }
static void file_take(int file) { flock(file, LOCK_EX); }
static void *writer(void *arg) { pthread_rwlock_wrlock(&table); for (;;) pause(); return arg; }
static void *holder(void *arg) { cache_lock(&lone); for (;;) pause(); return arg; }
static void *taker(void *arg) { usleep(100000); cache_lock(&lone); return arg; }
static void orphan(void)
{
    pthread_mutex_t *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pthread_mutexattr_t attribute;
    pthread_mutexattr_init(&attribute);
    pthread_mutexattr_setpshared(&attribute, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(shared, &attribute);
    pid_t child = fork();
    if (child == 0) { cache_lock(shared); _exit(0); }
    waitpid(child, NULL, 0);
    cache_lock(shared);
}
/* Ends with its parent. */
static void pause_while(pid_t parent) { while (getppid() == parent) usleep(100000); _exit(0); }
static void array_wait(void)
{
    int id = semget(IPC_PRIVATE, 1, 0600);
    pid_t me = getpid();
    if (fork() == 0) { while (getppid() == me) usleep(100000); semctl(id, 0, IPC_RMID); _exit(0); }
    array_take(id);
}
static void file_wait(const char *name)
{
    int mine = open(name, O_RDWR | O_CREAT, 0600), other = open(name, O_RDWR);
    flock(mine, LOCK_EX);
    file_take(other);
}
static void keys_take(void) { pthread_key_t key; while (pthread_key_create(&key, free) == 0) continue; for (;;) pause(); }
int main(int argc, char **argv)
{
    const char *how = argc > 1 ? argv[1] : "";
    pthread_t thread;
    char byte;
    int pipes[2];
    if (!strcmp(how, "orphan")) orphan();
    if (!strcmp(how, "nobody")) { lone.__data.__lock = 2; cache_lock(&lone); }
    if (!strcmp(how, "rwlock")) { pthread_create(&thread, NULL, writer, NULL); usleep(100000); table_read(&table); }
    if (!strcmp(how, "held")) { pthread_create(&thread, NULL, holder, NULL); usleep(100000); cache_lock(&lone); }
    if (!strcmp(how, "join")) { cache_lock(&lone); pthread_create(&thread, NULL, taker, NULL); pthread_join(thread, NULL); }
    if (!strcmp(how, "condition")) queue_pop(&lone);
    if (!strcmp(how, "semaphore")) { sem_init(&slots, 0, 0); slot_take(&slots); }
    if (!strcmp(how, "array")) array_wait();
    if (!strcmp(how, "child") && fork() == 0) for (;;) pause_while(getppid());
    if (!strcmp(how, "child")) wait(NULL);
    if (!strcmp(how, "file")) file_wait(argv[2]);
    if (!strcmp(how, "spin")) for (;;) sched_yield();
    if (!strcmp(how, "read") && pipe(pipes) == 0) return (int)read(pipes[0], &byte, 1);
    if (!strcmp(how, "keys")) keys_take();
    return 0;
}
