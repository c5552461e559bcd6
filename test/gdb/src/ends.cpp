// Ends as only C++ can, in the way that the first argument names.
#include <cstring>
#include <stdexcept>
#include <string>
#include <thread>
struct Shape { Shape() { draw(); } void draw() { paint(); } virtual void paint() = 0; virtual ~Shape() = default; };
struct Circle : Shape { void paint() override {} };
struct Session { int user; int owner() { return user; } };
static void check(int amount) { if (amount > 2) throw std::out_of_range("amount " + std::to_string(amount)); }
static void start() { std::thread worker([] { std::this_thread::sleep_for(std::chrono::seconds(9)); }); }
int main(int argc, char **argv)
{
    const std::string how = argc > 1 ? argv[1] : "";
    if (how == "throw") check(3);
    if (how == "thread") start();
    if (how == "pure") Circle circle;
    if (how == "object") return reinterpret_cast<Session *>(0x123456780)->owner();
    return 0;
}
