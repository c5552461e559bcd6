import { abortReason } from "./abortReason";
import { backendOutage } from "./backendOutage";
import { childDeath } from "./childDeath";
import { childExits } from "./childExits";
import { coreMismatch } from "./coreMismatch";
import { faultSite } from "./faultSite";
import type { Finder, Finding, NamedReading } from "./finding";
import { kernelReport } from "./kernelReport";
import { lockWait } from "./lockWait";
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

/** Every kind of finding, one file each. */
const finders: readonly Finder[] = [
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
];

/** What follows from the texts, looked at together. Kinds stand in the order of the list above. */
export function findAll(sources: readonly NamedReading[]): Finding[] {
  return finders.flatMap((finder) => finder(sources));
}
