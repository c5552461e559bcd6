import { answersAt, wholeAnswers } from "../adversarial/answers";
import { problemsOf } from "../adversarial/invariants";
import { wholePipeline } from "../adversarial/pipeline";

/** What is wrong with the answers about some texts, at places given as shares of the first one's length. */
export function faultsOf(texts: readonly string[], places: readonly number[]): string[] {
  const outcome = wholePipeline(texts);
  const said = outcome.sources.map((source) => wholeAnswers(outcome, source));
  const [first] = outcome.sources;
  if (first === undefined) return ["a text was lost"];
  const { length } = first.reading.text;
  const here = places.map((at) => answersAt(outcome, first, Math.floor(at * length)));
  const others = outcome.sources.slice(1).flatMap((source, i) => {
    const answers = said[i + 1];
    return answers ? problemsOf({ ...outcome, sources: [source] }, [answers]) : [];
  });
  const own = [...said.slice(0, 1), ...here];
  return [...problemsOf(outcome, own), ...others];
}
