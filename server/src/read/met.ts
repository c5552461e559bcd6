import { BrokenLines } from "./rejoin/wrap";

/** What undoing the damage met in a text, even where it left it as it is. */
export interface Met {
  /** Lines behind a frame that begin nothing of their own, and lines that go on by grammar: they tell how the text was wrapped. */
  readonly behindFrames: Broken;
  readonly continued: Broken;
  /** How often two lines were joined. */
  readonly joined: number;
  /** Characters that the search for glued lines has used up of what it is allowed. */
  readonly searched: number;
  /** Is the text a log of gdb's machine interface, or one whose signs are written as entities? */
  readonly isSpoken: boolean;
  readonly isEscaped: boolean;
  /** Does a listing of ps stand in it? */
  readonly isListed: boolean;
  /** Were times taken off in front of lines because of what other lines hold? */
  readonly isTimed: boolean;
}

/** Broken lines by their own lengths, and by those with the prefixes that they had. */
export interface Broken {
  readonly own: BrokenLines;
  readonly whole: BrokenLines;
}

/** `Met` while it is being filled. */
export type Meeting = { -readonly [K in keyof Met]: Met[K] };

const NONE: Broken = { own: new BrokenLines(), whole: new BrokenLines() };

export const nothingMet = (): Meeting => ({
  behindFrames: NONE,
  continued: NONE,
  joined: 0,
  searched: 0,
  isSpoken: false,
  isEscaped: false,
  isListed: false,
  isTimed: false,
});

/** What is met in a text of which one stretch became another, where neither has to do with the whole. */
export const metAfter = (whole: Met, before: Met, now: Met): Met => ({
  ...whole,
  behindFrames: brokenAfter(whole.behindFrames, before.behindFrames, now.behindFrames),
  continued: brokenAfter(whole.continued, before.continued, now.continued),
  joined: whole.joined - before.joined + now.joined,
  searched: whole.searched + now.searched,
});

const brokenAfter = (whole: Broken, before: Broken, now: Broken): Broken => ({
  own: whole.own.without(before.own).with(now.own),
  whole: whole.whole.without(before.whole).with(now.whole),
});
