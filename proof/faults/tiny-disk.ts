import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const SIZE_MIB = 128;

/** A file system of some MiB in memory, which can be filled. Mounting it needs root on Linux. */
export class TinyDisk {
	private constructor(private readonly folder: string) {}

	/** Mounts it; undefined where that is not permitted. */
	static mount(folder: string): TinyDisk | undefined {
		mkdirSync(folder, { recursive: true });
		const options = ['-t', 'tmpfs', '-o', `size=${SIZE_MIB}m`, 'tmpfs', folder];
		return spawnSync('mount', options).status === 0 ? new TinyDisk(folder) : undefined;
	}

	private get filler(): string {
		return join(this.folder, 'filler');
	}

	/** Leaves no byte free. */
	fill(): void {
		const block = Buffer.alloc(4096);
		try {
			for (;;) appendFileSync(this.filler, block);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
		}
	}

	/** Gives free again what fill() has taken. */
	empty(): void {
		rmSync(this.filler, { force: true });
	}

	unmount(): void {
		const { status, stderr } = spawnSync('umount', [this.folder], { encoding: 'utf8' });
		if (status !== 0) throw new Error(`${this.folder} is still mounted: ${stderr}`);
	}
}
