// What scripts/knowledge.mjs makes of the data under knowledge/ (see the schemas beside it).
// The types are written as import(...) because a declared module cannot import by a relative path.
declare module "knowledge:frames" {
  const files: import("../server/src/frames/data").FrameFile[];
  export default files;
}

declare module "knowledge:roles" {
  const files: import("../server/src/frames/data").RoleFile[];
  export default files;
}

declare module "knowledge:idle-stacks" {
  const files: import("../server/src/frames/data").IdleFile[];
  export default files;
}

declare module "knowledge:locks" {
  const files: import("../server/src/find/locks/data").LockFile[];
  export default files;
}

declare module "knowledge:kernel" {
  const files: import("../server/src/read/kernel/data").KernelFile[];
  export default files;
}

declare module "knowledge:apache/kinds" {
  const files: import("../server/src/read/messageKinds").KindFile[];
  export default files;
}

declare module "knowledge:apache/codes" {
  const files: import("../server/src/read/apache/codes").CodeFile[];
  export default files;
}

declare module "knowledge:lighttpd/kinds" {
  const files: import("../server/src/read/messageKinds").KindFile[];
  export default files;
}

declare module "knowledge:lighttpd/log-lines" {
  const files: import("../server/src/read/lighttpd/versions").LogLineFile[];
  export default files;
}

declare module "knowledge:values" {
  const files: import("../server/src/features/hover/known/data").ValueFile[];
  export default files;
}

declare module "knowledge:signals" {
  const files: import("../server/src/features/hover/known/data").SignalFile[];
  export default files;
}

declare module "knowledge:errno" {
  const files: import("../server/src/features/hover/known/data").ErrorFile[];
  export default files;
}

declare module "knowledge:gdb-commands" {
  const files: import("../server/src/features/hover/known/data").CommandFile[];
  export default files;
}

declare module "knowledge:gdb-variables" {
  const files: import("../server/src/features/hover/known/data").VariableFile[];
  export default files;
}

declare module "knowledge:gdb-messages" {
  const files: import("../server/src/features/hover/known/data").MessageFile[];
  export default files;
}

declare module "knowledge:addresses" {
  const files: import("../server/src/features/hover/known/data").AddressFile[];
  export default files;
}

declare module "knowledge:registers" {
  const files: import("../server/src/features/hover/known/data").RegisterFile[];
  export default files;
}

declare module "knowledge:tables" {
  const files: import("../server/src/features/hover/known/data").TableFile[];
  export default files;
}

declare module "knowledge:notes" {
  const notes: import("../server/src/notes/note").Note[];
  export default notes;
}

declare module "knowledge:schema/note" {
  const schema: import("../server/src/notes/vocabulary").SchemaNode;
  export default schema;
}

declare module "knowledge:check/note" {
  const validate: import("ajv").ValidateFunction;
  export default validate;
}

declare module "knowledge:resources" {
  const files: import("../server/src/find/logs/resources").ResourceFile[];
  export default files;
}

declare module "knowledge:aborts" {
  const files: import("../server/src/find/abort/data").AbortFile[];
  export default files;
}

declare module "knowledge:versions" {
  const files: import("../server/src/find/versions/data").VersionFile[];
  export default files;
}

declare module "knowledge:commands" {
  const files: import("../server/src/suggest/situation").SituationFile[];
  export default files;
}

declare module "knowledge:packages" {
  const files: import("../server/src/find/symbols/packages").PackageFile[];
  export default files;
}

declare module "knowledge:findings" {
  const files: import("../server/src/find/known").FindingFile[];
  export default files;
}
