package chain

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
)

// childDir makes this binary a chain that sends itself transactions and prints
// each head, until it is killed.
const childDir = "CANDOR_TEST_CHAIN_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		child(dir)
	}
	os.Exit(m.Run())
}

func testKey() *ecdsa.PrivateKey {
	k, err := crypto.ToECDSA(crypto.Keccak256([]byte("a chain's test")))
	if err != nil {
		panic(err)
	}
	return k
}

func testAddress() common.Address { return crypto.PubkeyToAddress(testKey().PublicKey) }

func start(t testing.TB, dir string) *Node {
	t.Helper()
	n, err := Start(Config{Dir: dir, Fund: []common.Address{testAddress()}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.Close() })
	return n
}

// send pays 1 wei to an address and returns the receipt once it is mined.
func send(ctx context.Context, c *ethclient.Client, nonce uint64) (*types.Receipt, error) {
	tx, err := types.SignNewTx(testKey(), types.LatestSignerForChainID(big.NewInt(ID)), &types.DynamicFeeTx{
		ChainID: big.NewInt(ID), Nonce: nonce, Gas: 21000, To: &common.Address{1}, Value: big.NewInt(1),
		GasTipCap: big.NewInt(1e9), GasFeeCap: big.NewInt(1e11),
	})
	if err != nil {
		return nil, err
	}
	if err := c.SendTransaction(ctx, tx); err != nil {
		return nil, err
	}
	for {
		if r, err := c.TransactionReceipt(ctx, tx.Hash()); err == nil {
			return r, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(2 * time.Millisecond):
		}
	}
}

func child(dir string) {
	n, err := Start(Config{Dir: dir, Fund: []common.Address{testAddress()}})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	for nonce := uint64(0); ; nonce++ {
		r, err := send(context.Background(), n.Client(), nonce)
		if err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println("head", r.BlockNumber, r.BlockHash)
	}
}

func TestKilledChainKeepsItsHead(t *testing.T) {
	for round := range 3 {
		dir := t.TempDir()
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childDir+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var last string
		lines := bufio.NewScanner(out)
		for i := 0; i < 7+round && lines.Scan(); i++ {
			last = lines.Text()
		}
		_ = cmd.Process.Kill()
		for lines.Scan() { // what it still said before it died counts too
			last = lines.Text()
		}
		_ = cmd.Wait()
		var number uint64
		var hash string
		if _, err := fmt.Sscanf(last, "head %d %s", &number, &hash); err != nil {
			t.Fatalf("the child said %q: %v", last, err)
		}
		n := start(t, dir)
		block, err := n.Client().BlockByNumber(context.Background(), new(big.Int).SetUint64(number))
		if err != nil {
			t.Fatalf("block %d, seen before the kill, is gone: %v", number, err)
		}
		if block.Hash().Hex() != hash {
			t.Fatalf("block %d is %s now, was %s", number, block.Hash(), hash)
		}
		balance, err := n.Client().BalanceAt(context.Background(), common.Address{1}, new(big.Int).SetUint64(number-1))
		if err != nil || balance.Uint64() != number-1 {
			t.Fatalf("the state of block %d is not there: %v %v", number-1, balance, err)
		}
		nonce, err := n.Client().PendingNonceAt(context.Background(), testAddress())
		if err != nil {
			t.Fatal(err)
		}
		if _, err = send(context.Background(), n.Client(), nonce); err != nil {
			t.Fatalf("the chain does not go on: %v", err)
		}
	}
}

func TestServesHTTPAndWebSocketOnOnePort(t *testing.T) {
	n := start(t, t.TempDir())
	if strings.TrimPrefix(n.HTTP(), "http://") != strings.TrimPrefix(n.WS(), "ws://") {
		t.Fatalf("two ports: %s and %s", n.HTTP(), n.WS())
	}
	for _, url := range []string{n.HTTP(), n.WS()} {
		c, err := ethclient.Dial(url)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if id, err := c.ChainID(context.Background()); err != nil || id.Int64() != ID {
			t.Fatalf("%s: chain id %v, %v", url, id, err)
		}
	}
	ws, err := ethclient.Dial(n.WS())
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	heads := make(chan *types.Header, 4)
	sub, err := ws.SubscribeNewHead(context.Background(), heads)
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Unsubscribe()
	hash := n.Commit()
	if h := <-heads; h.Hash() != hash {
		t.Fatalf("the subscription said %s, the head is %s", h.Hash(), hash)
	}
}

func TestForkReplacesBlocks(t *testing.T) {
	n := start(t, t.TempDir())
	ctx := context.Background()
	var first common.Hash
	for i := range 3 {
		r, err := send(ctx, n.Client(), uint64(i))
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = r.BlockHash
		}
	}
	old, err := n.Client().HeaderByNumber(ctx, big.NewInt(2))
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Fork(first); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		n.Commit()
	}
	now, err := n.Client().HeaderByNumber(ctx, big.NewInt(2))
	if err != nil || now.Hash() == old.Hash() || now.ParentHash != first {
		t.Fatalf("block 2 was not replaced: %v %v", now, err)
	}
}

func TestOneProcessOneGenesis(t *testing.T) {
	dir := t.TempDir()
	n := start(t, dir)
	if _, err := Start(Config{Dir: dir, Fund: []common.Address{testAddress()}}); err == nil || !strings.Contains(err.Error(), "in use") {
		t.Fatalf("a second start on one directory: %v", err)
	}
	genesis, err := n.Client().HeaderByNumber(context.Background(), new(big.Int))
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Start(Config{Dir: dir, Fund: []common.Address{{9}}}); err == nil || !strings.Contains(err.Error(), "without funds") {
		t.Fatalf("other accounts to fund: %v", err)
	}
	n = start(t, dir)
	again, err := n.Client().HeaderByNumber(context.Background(), new(big.Int))
	if err != nil || again.Hash() != genesis.Hash() {
		t.Fatalf("another genesis after a restart: %v %v", again, err)
	}
}

// A burst runs block time ahead of the clock by a second a block at most, and no
// further than MaxAhead.
func TestBlockTimeStaysNearTheClock(t *testing.T) {
	n := start(t, t.TempDir())
	ctx := context.Background()
	const burst = 40
	began := time.Now()
	for i := range burst {
		if _, err := send(ctx, n.Client(), uint64(i)); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(began); took > 8*time.Second {
		t.Errorf("%d transactions, one after the other, took %v", burst, took)
	}
	head, err := n.Client().HeaderByNumber(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	if ahead := time.Until(time.Unix(int64(head.Time), 0)); ahead > MaxAhead {
		t.Errorf("block time is %v ahead of the clock", ahead)
	}
	t.Logf("%d blocks in %v", burst, time.Since(began))
}

func TestPaceWaitsOnlyFarAhead(t *testing.T) {
	n := start(t, t.TempDir())
	n.mining.Lock()
	if err := n.beacon.AdjustTime(MaxAhead + 30*time.Second); err != nil {
		t.Fatal(err)
	}
	n.mining.Unlock()
	began := time.Now()
	for i := range 2 {
		if _, err := send(context.Background(), n.Client(), uint64(i)); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(began); took < 1900*time.Millisecond || took > 6*time.Second {
		t.Errorf("two blocks far ahead of the clock took %v, expected a second each", took)
	}
}
