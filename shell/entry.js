// What goes into bash.js: see bundle.js.
export { Bash, InMemoryFs, getCommandNames } from "just-bash/browser";
