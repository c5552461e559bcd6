/**
 * The process that a pattern's group `pid` names, as a number: a parent writes about its children, and a log that no
 * reader knows has no other way to say whom a line is about.
 */
export function namedPid(groups: Readonly<Record<string, string>>): number | null {
  const { pid } = groups;
  return pid !== undefined && /^\d{1,10}$/.test(pid) ? Number(pid) : null;
}
