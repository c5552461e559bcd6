import type { Split } from "./lines";
import { splitApache } from "./rejoin/apache";
import { joinWrapped } from "./rejoin/join";
import { joinKernelLines } from "./rejoin/kernel";
import { splitLighttpd } from "./rejoin/lighttpd";
import type { Met } from "./rejoin/met";
import { splitGlued } from "./rejoin/split";
import { straightenTables } from "./rejoin/tables";
import { chain, type Rewritten } from "./rewrite";
import { decodeEntities } from "./undress/entities";
import { undress } from "./undress/undress";

/** What is done to the text once it is bare, in this order. Each step leaves text alone that it has no business with. */
const REPAIRS: readonly ((text: string, split: Split, met: Met) => Rewritten)[] = [
  decodeEntities,
  splitGlued,
  joinKernelLines,
  splitApache,
  splitLighttpd,
  straightenTables,
];

/**
 * Takes off what surrounds the lines, then puts together what was one line and takes apart what was several. `met` is
 * told what stood in the text.
 */
export function undoDamage(text: string, split: Split, met: Met): Rewritten {
  const bare = undress(text, split);
  const joined = chain(bare, (made) => joinWrapped(made, bare.prefixLengths, split, met));
  return REPAIRS.reduce((made, repair) => chain(made, (t) => repair(t, split, met)), joined);
}
