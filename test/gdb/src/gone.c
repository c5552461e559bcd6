/* Its source is not where the compiler says. */
#line 1 "built/elsewhere/away.c"
static int first(const int *list) { return *list; }
int main(void) { return first((int *)8); }
