// Types of install.mjs, which is plain JavaScript because it runs before anything is installed.
export function areOraclesInstalled(): boolean;
export function installOracles(): Promise<void>;
