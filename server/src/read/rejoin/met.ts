import { BrokenLines } from "./wrap";

/** What the repairs met in a text, even where they left it as it is. */
export interface Met {
  /** Lines behind a frame that begin nothing of their own, and lines that go on by grammar: they tell how the whole text was wrapped. */
  behindFrames: BrokenLines;
  continued: BrokenLines;
  /** Characters that the search for glued lines has used up of what it is allowed. */
  searched: number;
}

export const nothingMet = (): Met => ({
  behindFrames: new BrokenLines(),
  continued: new BrokenLines(),
  searched: 0,
});

/** What is met in a text of which one stretch became another. */
export const metAfter = (whole: Met, before: Met, now: Met): Met => ({
  behindFrames: whole.behindFrames.without(before.behindFrames).with(now.behindFrames),
  continued: whole.continued.without(before.continued).with(now.continued),
  searched: whole.searched + now.searched,
});
