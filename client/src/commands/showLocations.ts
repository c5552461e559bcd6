import * as vscode from "vscode";
import type { BaseLanguageClient, Location, Position } from "vscode-languageclient";

/** What a code lens of the server runs: it gives the places as the protocol writes them, VS Code's peek wants its own. */
export const showLocations =
  ({ protocol2CodeConverter: convert }: BaseLanguageClient) =>
  async (uri: string, position: Position, locations: Location[]): Promise<void> => {
    await vscode.commands.executeCommand(
      "editor.action.peekLocations",
      convert.asUri(uri),
      convert.asPosition(position),
      locations.map((location) => convert.asLocation(location)),
      "peek",
    );
  };
