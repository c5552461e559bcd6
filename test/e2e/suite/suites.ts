// Every suite, for both hosts, but those that scripts/e2e.mjs runs alone. Adding one is adding a file and its line here.
import "./activation";
import "./commands";
import "./digest";
import "./gdbScripts";
import "./hovers";
import "./logs";
import "./next";
import "./offer";
import "./outline";
import "./overview";
import "./sources";
