import { isMainThread } from "node:worker_threads";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { disk, serveDigest } from "./lsp/disk";
import { serve } from "./lsp/serve";

// `--stdio`, `--node-ipc` or `--socket` on the command line choose the transport. A thread that makes a digest runs this
// file, too.
if (isMainThread) serve(createConnection(ProposedFeatures.all), disk);
else void serveDigest();
