import files from "knowledge:findings";

/** What a kind of finding means, and its values. Data: knowledge/findings. */
export interface KnownFinding {
  readonly kind: string;
  readonly about: string;
  readonly values: readonly { readonly name: string; readonly about: string }[];
}

export interface FindingFile {
  readonly findings: readonly KnownFinding[];
}

/** Every kind of finding. */
export const knownFindings: readonly KnownFinding[] = files.flatMap((file) => file.findings);
