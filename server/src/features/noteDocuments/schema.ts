import { noteSchema, type SchemaNode } from "../../notes/vocabulary";

/** What the schema says of the value that a path of keys and indices leads to; null where it knows no such value. */
export function schemaAt(path: readonly (string | number)[]): SchemaNode | null {
  let node: SchemaNode | null = noteSchema;
  for (const step of path) {
    if (node === null) return null;
    node = typeof step === "number" ? resolved(node.items) : below(node, step);
  }
  return node;
}

function below({ properties, additionalProperties }: SchemaNode, key: string): SchemaNode | null {
  const own = properties?.[key];
  if (own) return resolved(own);
  return typeof additionalProperties === "object" ? resolved(additionalProperties) : null;
}

/** What a reference stands for; where it is used says more than where it is defined. */
function resolved(node: SchemaNode | undefined): SchemaNode | null {
  if (node?.$ref === undefined) return node ?? null;
  const name = node.$ref.replace("#/definitions/", "");
  const target = noteSchema.definitions?.[name];
  if (target === undefined) return node;
  const description = node.description ?? target.description;
  return { ...target, ...(description !== undefined && { description }) };
}

/** May the value be of this type? */
export const isOfType = ({ type }: SchemaNode, wanted: string): boolean =>
  typeof type === "string" ? type === wanted : (type?.includes(wanted) ?? false);
