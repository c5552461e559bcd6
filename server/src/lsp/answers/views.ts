import type { Location } from "vscode-languageserver";
import { type ListedGround, listedHypotheses } from "../../features/hypotheses/list";
import { StackTree } from "../../features/stackTree";
import { locationOf, sourceLocation } from "../convert";
import type { Answer, Desk } from "../desk";
import type { OpenDocument } from "../documents";

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
      desk.aboutAll("stacks", null, (path: StackPath) => stacksOf(path)),
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

/** Answers from one tree as long as the texts stay; null to a question about others. */
function rememberedTree(desk: Desk): (question: StackPath) => StackItem[] | null {
  let sources: readonly OpenDocument[] = [];
  let tree = new StackTree([]);
  let stamp = 0;
  return (question) => {
    const now = desk.judgements.sources();
    if (now.length !== sources.length || now.some((each, i) => each !== sources[i])) {
      sources = now;
      tree = new StackTree(sources);
      stamp++;
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
