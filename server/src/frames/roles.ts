import files from "knowledge:roles";
import type { Role } from "./data";

const roles = new Map(files.flatMap((file) => file.roles.map((role) => [role.id, role])));

/** A few words that can follow the name of a thread: `waiting for a lock`. */
export function roleLabel(id: string): string {
  return roles.get(id)?.label ?? id;
}

/** What it means to find a function of this role innermost in a stack. */
export function roleMeaning(id: string): string {
  return roles.get(id)?.meaning ?? "";
}

/** Does a thread in such a function wait, fail, work, hand out work, or none of these? */
export function roleState(id: string): Role["state"] {
  return roles.get(id)?.state ?? "serves";
}
