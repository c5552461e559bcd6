// What a page of the VS Code server is told in its address.

/**
 * The link that opens `folder` and loads the extension under development.
 * @param open `extension` (its folder), optionally `folder` or a `.code-workspace` file, `file` to show (`path` or `path:line`) and `suite` to run.
 */
export function workbenchAddress({ authority, token }, { extension, folder, file, suite }) {
  const remote = (fsPath) => `vscode-remote://${authority}${encodeURI(fsPath)}`;
  const payload = [["extensionDevelopmentPath", remote(extension)]];
  if (suite) payload.push(["extensionTestsPath", remote(suite)]);
  if (file) payload.push(["openFile", remote(file)], ["gotoLineMode", "true"]);
  const query = new URLSearchParams({ tkn: token });
  if (folder) query.set(folder.endsWith(".code-workspace") ? "workspace" : "folder", folder);
  query.set("payload", JSON.stringify(payload));
  return `http://${authority}/?${query}`;
}
