export function aptInstall(...names: string[]): void;
export function needDebugger(): void;
