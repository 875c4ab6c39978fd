import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// n8n-core writes its settings into the user folder as it is loaded: not into the developer's own.
process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'whatsapp-triggers-test-'));
