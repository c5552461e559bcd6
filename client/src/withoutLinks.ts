/**
 * A message with the names of files, programs and commands in it, which others have given: VS Code would make links out of
 * `[words](command:...)`.
 */
export const withoutLinks = (message: string): string => message.replaceAll("](", "] (");
