import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { serve } from "./lsp/serve";

// `--stdio`, `--node-ipc` or `--socket` on the command line choose the transport.
serve(createConnection(ProposedFeatures.all));
