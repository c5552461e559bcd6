/** What the repairs met in a text, even where they left it as it is. */
export interface Met {
  /** Lines that go on in the next one, or seem to: they tell how the whole text was wrapped. */
  brokenLines: number;
  /** Characters that the search for glued lines has used up of what it is allowed. */
  searched: number;
}

export const nothingMet = (): Met => ({ brokenLines: 0, searched: 0 });
