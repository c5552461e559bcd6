import type { Location } from "vscode-languageserver";
import { type ListedGround, listedHypotheses } from "../../features/hypotheses/list";
import { StackTree } from "../../features/stackTree";
import { locationOf, sourceLocation } from "../convert";
import type { Answer, Desk } from "../desk";
import type { OpenDocument } from "../documents";
import { inSlices } from "../slices";

/** What the client's views list: hypotheses, and the tree of stacks one level at a time. */
export const viewsAnswer: Answer = {
  capabilities: {},
  listen(desk) {
    const { connection } = desk;
    connection.onRequest(
      "backtraceReader/hypotheses",
      desk.judgedAll("hypotheses", [], (judgement) => listedHypotheses(judgement).map(toItem)),
    );
    const stacksOf = rememberedTree(desk);
    connection.onRequest(
      "backtraceReader/stacks",
      desk.aboutAll("stacks", NO_STACKS, (path: StackPath) => stacksOf(path)),
    );
  },
};

function toItem(hypothesis: ReturnType<typeof listedHypotheses>[number]) {
  const { evidence, against, ...item } = hypothesis;
  return { ...item, evidence: evidence.map(toGround), against: against.map(toGround) };
}

const toGround = ({ says, places }: ListedGround) => ({
  says,
  places: places.map(({ evidence, ...place }) => ({ ...place, location: locationOf(evidence) })),
});

/** Which items are asked for. A stamp says which texts the path is about; null for the top. */
interface StackPath {
  readonly stamp: number | null;
  readonly path: readonly number[];
}

interface StackItem {
  readonly label: string;
  readonly detail: string;
  readonly location: Location | null;
  readonly below: StackPath | null;
}

type Stacks = readonly StackItem[] | null;

const NO_STACKS: Promise<Stacks> = Promise.resolve(null);

/** Answers from one tree as long as the texts stay; null to a question about others. */
function rememberedTree(desk: Desk): (question: StackPath) => Promise<Stacks> {
  let sources: readonly OpenDocument[] = [];
  let tree = new StackTree([]);
  let stamp = 0;
  const isKnown = (now: readonly OpenDocument[]) =>
    now.length === sources.length && now.every((each, i) => each === sources[i]);
  return async (question) => {
    const now = desk.judgements.sources();
    if (!isKnown(now)) {
      // Nobody else asks for what is drawn now: it is worked out even if somebody types meanwhile.
      const made = (await inSlices(StackTree.steps(now), () => false)) as StackTree;
      // Another question may have been faster.
      if (!isKnown(now)) {
        sources = now;
        tree = made;
        stamp++;
      }
    }
    if (question.stamp !== null && question.stamp !== stamp) return null;
    return tree.below(question.path).map(({ label, detail, place, hasMore }, i) => ({
      label,
      detail,
      location: place && sourceLocation(place),
      below: hasMore ? { stamp, path: [...question.path, i] } : null,
    }));
  };
}
