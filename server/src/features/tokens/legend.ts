/** The kinds of tokens; package.json contributes the same, with their colours. */
export const TOKEN_TYPES = [
  "btFrameNumber",
  "btAddress",
  "btFunction",
  "btUnknownFunction",
  "btParameter",
  "btValue",
  "btString",
  "btOptimizedOut",
  "btFile",
  "btLine",
  "btLibrary",
  "btSignal",
  "btProcess",
  "btThread",
  "btLocal",
  "btPrompt",
  "btCommand",
  "btBanner",
  "btSeparator",
] as const;

/** What a frame is besides: each a bit. */
export const TOKEN_MODIFIERS = ["culprit", "machinery", "lock", "crashed", "view"] as const;

export type TokenType = (typeof TOKEN_TYPES)[number];
export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];
