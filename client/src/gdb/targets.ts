import type * as vscode from "vscode";
import { pickTarget } from "./pick";
import { isPresent } from "./processes";
import type { Target } from "./target";

const KEY = "gdbTargets";

/** Documents whose target is remembered; the oldest is forgotten first. */
const MOST = 50;

type Remembered = readonly (readonly [uri: string, target: Target])[];

/** Which process or core each document is about, as the user said once. */
export class Targets {
  private readonly state: vscode.Memento;
  /** A document without a file is another one the next time that it has this name. */
  private readonly unsaved = new Map<string, Target>();

  constructor(state: vscode.Memento) {
    this.state = state;
  }

  /** The target of a document, asked for where it is not known or has ended. */
  async ofDocument(document: vscode.TextDocument): Promise<Target | undefined> {
    const known = this.known(document.uri);
    if (known && isPresent(known)) return known;
    return this.choose(document);
  }

  /** Asks for the target, whatever it was before. */
  async choose(document: vscode.TextDocument): Promise<Target | undefined> {
    const chosen = await pickTarget(document.getText());
    if (chosen) await this.remember(document.uri, chosen);
    return chosen;
  }

  async remember(uri: vscode.Uri, target: Target): Promise<void> {
    if (uri.scheme === "untitled") {
      this.unsaved.set(uri.toString(), target);
      return;
    }
    const others = this.all().filter(([other]) => other !== uri.toString());
    await this.state.update(KEY, [...others, [uri.toString(), target]].slice(-MOST));
  }

  /** What is known of a document that was closed without having been saved. */
  forget(uri: vscode.Uri): void {
    this.unsaved.delete(uri.toString());
  }

  private known(uri: vscode.Uri): Target | undefined {
    const name = uri.toString();
    return this.unsaved.get(name) ?? this.all().find(([other]) => other === name)?.[1];
  }

  private all(): Remembered {
    return this.state.get<Remembered>(KEY, []);
  }
}
