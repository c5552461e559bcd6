// Every suite, for both hosts. Adding one is adding a file and its line here.
import "./activation";
import "./commands";
import "./gdbScripts";
import "./hovers";
import "./hypotheses";
import "./logs";
import "./next";
import "./notes";
import "./offer";
import "./outline";
import "./overview";
import "./sources";
