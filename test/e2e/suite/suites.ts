// Every suite, for both hosts. Adding one is adding a file and its line here.
import "./activation";
import "./offer";
import "./commands";
import "./sources";
