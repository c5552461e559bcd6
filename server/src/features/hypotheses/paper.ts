import type { Span } from "../../read/span";

/** Text that is put together piece by piece, with stretches of it that lead somewhere. */
export class Paper<Target> {
  readonly links: { readonly span: Span; readonly target: Target }[] = [];
  private readonly pieces: string[] = [];
  private length = 0;

  get text(): string {
    return this.pieces.join("");
  }

  add(text: string): this {
    this.pieces.push(text);
    this.length += text.length;
    return this;
  }

  /** A stretch that leads to `target`. */
  link(text: string, target: Target): this {
    this.links.push({ span: { from: this.length, to: this.length + text.length }, target });
    return this.add(text);
  }
}
