import { atOnce, type Steps } from "../read/steps";
import { abortReason } from "./abortReason";
import { backendOutage } from "./backendOutage";
import { childDeath } from "./childDeath";
import { childExits } from "./childExits";
import { coreMismatch } from "./coreMismatch";
import { faultSite } from "./faultSite";
import type { Finder, Finding, NamedReading } from "./finding";
import { kernelReport } from "./kernelReport";
import { limited } from "./limited";
import { lockWait } from "./lockWait";
import { prepareFinding } from "./prepare";
import { recursion } from "./recursion";
import { reloadCount } from "./reloadCount";
import { sameStack } from "./sameStack";
import { semaphoreListing } from "./semaphoreListing";
import { serverRestart } from "./serverRestart";
import { signalContext } from "./signalContext";
import { slowClients } from "./slowClients";
import { symbolQuality } from "./symbolQuality";
import { threadState } from "./threadState";
import { versionEvidence } from "./versionEvidence";
import { waitCycle } from "./waitCycle";
import { workerPool } from "./workerPool";
import { workerReplacement } from "./workerReplacement";

/** Every kind of finding, one file each. The names are for reports of failures. */
export const finders: Readonly<Record<string, Finder>> = {
  sameStack,
  lockWait,
  waitCycle,
  threadState,
  recursion,
  signalContext,
  faultSite,
  abortReason,
  symbolQuality,
  coreMismatch,
  versionEvidence,
  kernelReport,
  reloadCount,
  backendOutage,
  serverRestart,
  workerPool,
  workerReplacement,
  childDeath,
  childExits,
  semaphoreListing,
  slowClients,
};

/** Hears of a part of the work that failed, by its name; the other parts go on. */
export type OnFailure = (part: string, error: unknown) => void;

/** A failure is nobody's to hide: who wants to go on without the part that failed says so. */
export const failLoudly: OnFailure = (_, error) => {
  throw error;
};

/**
 * What follows from the texts, looked at together. Kinds stand in the order of the list above. A finder that fails costs
 * its own findings only, where `failed` takes the failure.
 */
export function findAll(
  sources: readonly NamedReading[],
  failed: OnFailure = failLoudly,
  all: Readonly<Record<string, Finder>> = finders,
): Finding[] {
  return atOnce(findSteps(sources, failed, all));
}

/** The same in steps, none of which takes long. */
export function* findSteps(
  sources: readonly NamedReading[],
  failed: OnFailure = failLoudly,
  all: Readonly<Record<string, Finder>> = finders,
): Steps<Finding[]> {
  yield* prepareFinding(sources);
  const found: Finding[] = [];
  for (const [name, finder] of Object.entries(all)) {
    try {
      found.push(...limited(yield* foundBy(finder, sources)));
    } catch (error) {
      failed(`finding ${name}`, error);
    }
    yield;
  }
  return found;
}

/** What one finder finds. */
export function* foundBy(
  finder: Finder,
  sources: readonly NamedReading[],
): Steps<readonly Finding[]> {
  const found = finder(sources);
  return "next" in found ? yield* found : found;
}
