import type * as esm from "./testing.js" with { "resolution-mode": "import" };

export type * from "./testing.js" with { "resolution-mode": "import" };
export declare const RuleFault: typeof esm.RuleFault;
export type RuleFault = esm.RuleFault;
export declare const WaitTimeout: typeof esm.WaitTimeout;
export type WaitTimeout = esm.WaitTimeout;
export declare const chain: typeof esm.chain;
export declare const createEmulator: typeof esm.createEmulator;
export declare const forge: typeof esm.forge;
export declare const forgeries: typeof esm.forgeries;
export declare const sample: typeof esm.sample;
export declare const samples: typeof esm.samples;
export declare const signDelivery: typeof esm.signDelivery;
