import * as vscode from "vscode";
import type { Position, Range } from "vscode-languageclient";
import type { Digests } from "./digests";
import type { Part } from "./protocol";
import { DIGEST_SCHEME, digestOf, nameOf, PART_SCHEME, type PartOf, partOf } from "./uris";

/** So many lines come in front of a part, or behind it. */
const MORE_LINES = 400;

/** What the editor offers in digests and parts: links, and lines of commands above them. */
export class DigestFeatures
  implements
    vscode.DocumentLinkProvider,
    vscode.DefinitionProvider,
    vscode.CodeLensProvider,
    vscode.Disposable
{
  readonly #digests: Digests;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #registered: vscode.Disposable;
  /** Digests of files that have changed since. */
  readonly #outdated = new Set<string>();

  constructor(digests: Digests) {
    this.#digests = digests;
    const { languages, window } = vscode;
    this.#registered = vscode.Disposable.from(
      this.#changed,
      languages.registerDocumentLinkProvider({ scheme: DIGEST_SCHEME }, this),
      languages.registerDefinitionProvider({ scheme: DIGEST_SCHEME }, this),
      languages.registerCodeLensProvider(
        [{ scheme: DIGEST_SCHEME }, { scheme: PART_SCHEME }],
        this,
      ),
      window.onDidChangeActiveTextEditor((editor) => editor && this.#look(editor.document)),
      digests.onDidChange((uri) => {
        this.#outdated.delete(uri.toString());
        this.#changed.fire();
      }),
    );
  }

  provideDocumentLinks({ uri }: vscode.TextDocument): vscode.DocumentLink[] {
    return this.#digests.links(uri).flatMap(({ range, target }) => {
      const to = this.#digests.target(uri, target);
      return to ? [new vscode.DocumentLink(rangeOf(range), to)] : [];
    });
  }

  provideDefinition({ uri }: vscode.TextDocument, position: vscode.Position): vscode.Location[] {
    return this.#digests.links(uri).flatMap(({ range, target }) => {
      const to = rangeOf(range).contains(position) ? this.#digests.target(uri, target) : null;
      if (!to) return [];
      const at = target.kind === "part" ? positionOf(target.part.at) : new vscode.Position(0, 0);
      return [new vscode.Location(to.with({ fragment: "" }), at)];
    });
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const titles = uri.scheme === PART_SCHEME ? this.#partLenses(uri) : this.#digestLenses(uri);
    const copies = this.#digests.links(uri).flatMap(({ range, target }) => {
      if (target.kind !== "command") return [];
      const command = "backtraceReader.copyCommand";
      return [
        new vscode.CodeLens(rangeOf(range), { title: "Copy", command, arguments: [target.run] }),
      ];
    });
    const top = new vscode.Range(0, 0, 0, 0);
    return [...titles.map((command) => new vscode.CodeLens(top, command)), ...copies];
  }

  dispose(): void {
    this.#registered.dispose();
  }

  #digestLenses(uri: vscode.Uri): vscode.Command[] {
    const about = digestOf(uri);
    if (about === null || about.note !== null) return [];
    const again = this.#outdated.has(uri.toString())
      ? "$(warning) The file has changed since: read it again"
      : "Read Again";
    const command = (title: string, name: string): vscode.Command => ({
      title,
      command: `backtraceReader.${name}`,
      arguments: [about.file],
    });
    if (!this.#digests.digest(about.file)) return [command("Read Again", "openDigest")];
    return [command("Open Process or Line…", "openDigestProcess"), command(again, "openDigest")];
  }

  #partLenses(uri: vscode.Uri): vscode.Command[] {
    const about = partOf(uri);
    if (about === null) return [];
    const { file } = about;
    const part = this.#digests.part(uri);
    const digest = {
      title: `Digest of ${nameOf(file)}`,
      command: "backtraceReader.showDigest",
      arguments: [file],
    };
    if (!part) return [digest];
    const more = part.isCut ? "Later (this is too long to be shown at once)" : "Later";
    const earlier = part.start.line > 0 ? [open("Earlier", before(about, part))] : [];
    return [digest, ...earlier, ...(part.hasMore ? [open(more, behind(about, part))] : [])];
  }

  /** Says so where the file of a digest is another one by now. */
  async #look({ uri }: vscode.TextDocument): Promise<void> {
    const file = digestOf(uri)?.file;
    const stamp = file && this.#digests.digest(file)?.stamp;
    if (!file || !stamp) return;
    const now = await this.#digests.texts.stamp(file);
    const isSame =
      !("problem" in now) && now.size === stamp.size && Math.abs(now.time - stamp.time) <= 1;
    if (isSame === !this.#outdated.has(uri.toString())) return;
    if (isSame) this.#outdated.delete(uri.toString());
    else this.#outdated.add(uri.toString());
    this.#changed.fire();
  }
}

const open = (title: string, part: PartOf): vscode.Command => ({
  title,
  command: "backtraceReader.openPart",
  arguments: [part],
});

const before = (about: PartOf, { start }: Part): PartOf => ({
  ...about,
  range: {
    start: { line: Math.max(0, start.line - MORE_LINES), character: 0 },
    end: { line: start.line - 1, character: 0 },
  },
});

const behind = (about: PartOf, { end }: Part): PartOf => ({
  ...about,
  range: { start: end, end: { line: end.line + MORE_LINES, character: 0 } },
});

const positionOf = ({ line, character }: Position): vscode.Position =>
  new vscode.Position(line, character);

const rangeOf = ({ start, end }: Range): vscode.Range =>
  new vscode.Range(positionOf(start), positionOf(end));
