import type { Split } from "./lines";
import type { Meeting } from "./met";
import { splitApache } from "./rejoin/apache";
import { joinWrapped } from "./rejoin/join";
import { joinKernelLines } from "./rejoin/kernel";
import { splitLighttpd } from "./rejoin/lighttpd";
import { splitGlued } from "./rejoin/split";
import { straightenTables } from "./rejoin/tables";
import type { WrapStyle } from "./rejoin/wrap";
import { chain, chainSteps, type Rewritten } from "./rewrite";
import type { Steps } from "./steps";
import { decodeEntities } from "./undress/entities";
import { undressSteps } from "./undress/undress";

/** What is done to the text once it is bare, in this order. Each step leaves text alone that it has no business with. */
const REPAIRS: readonly ((text: string, split: Split, met: Meeting) => Rewritten)[] = [
  decodeEntities,
  splitGlued,
  joinKernelLines,
  splitApache,
  splitLighttpd,
  straightenTables,
];

/**
 * Takes off what surrounds the lines, then puts together what was one line and takes apart what was several. `met` is
 * told what stood in the text. `wrap` tells of the whole where the text is only a part of it.
 */
export function* undoDamage(
  text: string,
  split: Split,
  met: Meeting,
  wrap: WrapStyle | null = null,
): Steps<Rewritten> {
  const bare = yield* undressSteps(text, split, met);
  let made = yield* chainSteps(bare, (t) => joinWrapped(t, bare.prefixLengths, split, met, wrap));
  for (const repair of REPAIRS) {
    made = chain(made, (t) => repair(t, split, met));
    yield;
  }
  return made;
}
